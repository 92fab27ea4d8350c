from odoo import models
from odoo.exceptions import AccessError

from ...tools import groups


class SmsComposer(models.TransientModel):
    """Odoo's dialog of a text message: words of one's own, to any number."""

    _name = "sms.composer"
    _inherit = "sms.composer"

    def _action_send_sms_numbers(self):
        """To a number that is nobody's here neither consent nor hours are asked."""
        is_of_shop = self.env.company.sudo().dealer_sms_provider  # no secret
        if is_of_shop and not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._(
                    "Text messages go to customers, from their card or their visit. To "
                    "a number without a customer only a service manager writes."
                )
            )
        return super()._action_send_sms_numbers()
