from odoo import models
from odoo.exceptions import AccessError

#: The technician's part of a concern. The customer's words are not among it.
_TECHNICIAN_FIELDS = {"cause", "correction", "fault_code", "is_solved", "system_id"}


class DealerReceptionConcern(models.Model):
    """What the technician found and did about the customer's concern."""

    _name = "dealer.reception.concern"
    _inherit = "dealer.reception.concern"

    def write(self, vals):
        if (
            not self.env.su
            and not _TECHNICIAN_FIELDS.issuperset(vals)
            and not self.env.user.has_group("dealer_service.group_dealer_service_user")
        ):
            raise AccessError(
                self.env._(
                    "A technician adds cause and correction to a concern. The words of"
                    " the customer are the advisor's to write."
                )
            )
        return super().write(vals)
