from odoo import api, models
from odoo.fields import Domain

#: Of every record: what the record is.
_IDENTITY = frozenset({"id", "display_name", "name", "active", "company_id"})


class DealerFieldAccess(models.AbstractModel):
    """What may not be read is not found out by searching either.

    Odoo looks at the right to a field where it becomes SQL; a computed field never
    does.
    """

    _name = "dealer.field.access"
    _description = "Restricted Fields Are Not Searchable"

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su:
            for condition in Domain(domain).iter_conditions():
                field = self._fields.get(condition.field_expr.partition(".")[0])
                if field:
                    self._check_field_access(field, "read")
        return super()._search(domain, *args, **kwargs)


class DealerPortalAccess(models.AbstractModel):
    """A record that customers may read: of its fields only those that are named.

    What is added to the model later is closed to them until it is named, too.
    """

    _name = "dealer.portal.access"
    _description = "What Customers Can See"
    _inherit = "dealer.field.access"

    _dealer_portal_fields = frozenset()

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su
            or field.name in _IDENTITY
            or field.name in self._dealer_portal_fields
            # asked of each field of each read: without the detours of has_group
            or self.env.user._has_group("base.group_user")
        )


class DealerRowsAccess(models.AbstractModel):
    """A record of Odoo's own with rows of ours: listed to whoever may read such rows.

    Everybody else reads the record as before, without them.
    """

    _name = "dealer.rows.access"
    _description = "Rows Are Listed to Their Readers"

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            self.env.su
            or field.type != "one2many"
            or not field.comodel_name.startswith("dealer.")
            or self.env[field.comodel_name].has_access("read")
        )
