from ast import literal_eval

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

_PATHS = ("any", "not any")


class DealerFilterMixin(models.AbstractModel):
    """Conditions that a manager stores, and the program applies with all rights.

    They are literal: nothing in them is evaluated. Their author may read what they
    name. Beyond the first record they find nothing of another shop.
    """

    _name = "dealer.filter.mixin"
    _description = "Stored Conditions"

    @api.model
    def _stored_filter(self, text, model, companies):
        """What was stored, as a domain that keeps to the shops it is meant for.

        :param text: the list of conditions as text; empty chooses everything
        :param str model: what is chosen
        :param companies: the shops; none: those of the whole group
        :raise ValueError: for anything but a literal list of conditions
        """
        domain = Domain(literal_eval(text or "[]"))
        return self._within_shops(domain, self.env[model], companies)

    @api.model
    def _within_shops(self, domain, records, companies):
        def step(condition):
            name = condition.field_expr.partition(".")[0]
            records._check_field_access(records._fields[name], "read")
            if condition.operator not in _PATHS:
                return condition
            comodel = self.env[records._fields[condition.field_expr].comodel_name]
            inner = self._within_shops(condition.value, comodel, companies)
            if companies and "company_id" in comodel._fields:
                inner &= Domain("company_id", "in", [*companies.ids, False])
            return Domain(condition.field_expr, condition.operator, inner)

        # paths like "owner_id.city" become conditions on what they lead to
        return Domain(domain).optimize(records).map_conditions(step)

    def _check_stored_filter(self, name, model):
        """Try what was stored in the field ``name``, with the rights of its author.

        :raise ValidationError: for what cannot be understood, found, or read
        """
        # constraints run with all rights
        author = self.sudo(False)
        for record in self:
            try:
                domain = author._stored_filter(record[name], model, record.company_id)
                with self.env.cr.savepoint():
                    author.env[model].search(domain, limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "%(record)s: you may not set the conditions “%(domain)s” "
                        "(%(error)s). Choose them in the editor, using only fields "
                        "that you may read, compared with fixed values.",
                        record=record.display_name,
                        domain=record[name],
                        error=error,
                    )
                ) from error
