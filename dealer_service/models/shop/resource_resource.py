from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResourceResource(models.Model):
    """Advisors, technicians and bays of the shop are Odoo's own resources."""

    _name = "resource.resource"
    _inherit = ["resource.resource", "dealer.cached.mixin"]

    dealer_role = fields.Selection(
        [
            ("advisor", "Service Advisor"),
            ("technician", "Technician"),
            ("bay", "Bay"),
            ("care", "Customer Care"),
        ],
        "Role in the Workshop",
        index="btree_not_null",
        help="A technician works on jobs; a bay is where they are done. Enter an "
        "advisor, a caller or a complaint handler here to record absences.",
    )

    _dealer_technician_user_uniq = models.UniqueIndex(
        "(user_id, company_id) WHERE dealer_role = 'technician' AND active",
        "This user is already a technician of the workshop.",
    )

    @api.constrains("user_id", "company_id", "dealer_role")
    def _check_works_here(self):
        """Whose hours, jobs and absences these are works in the shop."""
        for person in self.filtered("dealer_role"):
            # who enters a colleague need not see the colleague's other shops
            user, shop = person.sudo().user_id, person.company_id
            if user and shop and shop not in user.company_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s does not work in %(shop)s. Choose a user who does, "
                        "or let an administrator add the shop to the user first.",
                        user=user.name,
                        shop=shop.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._add_type_of_role(vals)
        return super().create(vals_list)

    def write(self, vals):
        return super().write(self._add_type_of_role(dict(vals)))

    @api.model
    def _add_type_of_role(self, vals):
        """A bay is a thing, the others are persons."""
        role = vals.get("dealer_role")
        if role:
            vals.setdefault("resource_type", "material" if role == "bay" else "user")
        return vals

    @api.onchange("dealer_role")
    def _onchange_dealer_role(self):
        if self.dealer_role:
            self.resource_type = "material" if self.dealer_role == "bay" else "user"
        if self.dealer_role == "bay":
            self.user_id = False
