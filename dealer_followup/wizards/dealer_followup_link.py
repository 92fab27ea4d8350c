from odoo import api, fields, models


class DealerFollowupLink(models.TransientModel):
    """The link to a questionnaire, and the words to send it with."""

    _name = "dealer.followup.link"
    _description = "Questionnaire by Link"
    _inherit = "dealer.dialog.mixin"

    followup_id = fields.Many2one("dealer.followup", required=True, readonly=True)
    contact_name = fields.Char(related="followup_id.contact_name")
    contact_phone = fields.Char(related="followup_id.contact_phone")
    email = fields.Char(related="followup_id.partner_id.email")
    has_sms = fields.Boolean(compute="_compute_link")
    url = fields.Char("Link", compute="_compute_link")
    text = fields.Char("Message", compute="_compute_link")

    @api.depends("followup_id")
    def _compute_link(self):
        for dialog in self:
            task = dialog.followup_id
            messages = self.env["dealer.customer.message"]
            dialog.has_sms = bool(task) and messages._is_used(
                "survey", task.company_id, "sms"
            )
            dialog.url = task.survey_input_id and task._link_url()
            dialog.text = task.survey_input_id and task._link_text()

    def action_email(self):
        """Send it by mail."""
        return self._send("email")

    def action_sms(self):
        """Send it by text message."""
        return self._send("sms")

    def action_wechat(self):
        """The caller has sent it by WeChat or by his own telephone."""
        return self._send("wechat")

    def _send(self, channel):
        self.ensure_one()
        self.followup_id.check_access("write")
        self.followup_id._send_link(channel)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(name)s has until %(day)s to answer.",
                    name=self.contact_name,
                    day=fields.Date.to_string(
                        self.followup_id.company_id._dealer_day(
                            self.followup_id.survey_deadline
                        )
                    ),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
