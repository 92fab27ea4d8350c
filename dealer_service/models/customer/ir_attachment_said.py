from odoo import models


class IrAttachment(models.Model):
    """What came with a message, or was sent with one, stays with what was said."""

    _name = "ir.attachment"
    _inherit = "ir.attachment"

    def _check_not_kept(self):
        if not self.env.su:
            # what it belongs to counts, not what the writer may see of it
            messages = self.env["mail.message"].sudo()
            found = messages.search([("attachment_ids", "in", self.ids)])
            found.with_env(self.env)._check_said()
        return super()._check_not_kept()
