from odoo import api, models
from odoo.tools import html2plaintext, plaintext2html

from ..common.dealer_reception_states import BOOKED_STATES

ACTIVITY = "mail.mail_activity_data_todo"
#: Of a long mail so much is shown in the task; all of it stands in the thread.
SHOWN = 500


#: Somebody waits for the car.
PROMISED = ("arrived", "inspected", "authorized", "working", "quality")


class DealerReception(models.Model):
    """What customers are told of a visit, and the mails that answer it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"
    #: A message that waited leaves only while this is so, by the key of its occasion.
    _TOLD_WHILE = {
        "ready": [("state", "in", ("ready", "settled"))],
        "delay": [("state", "in", PROMISED)],
        "reminder_day": [("state", "in", BOOKED_STATES)],
        "reminder_hour": [("state", "in", BOOKED_STATES)],
    }

    def _tell_ready(self):
        """The work is done: whoever waits for the car need not ask."""
        for visit in self:
            self.env["dealer.customer.message"]._tell("ready", visit)

    @api.private
    def message_update(self, msg_dict, update_vals=None):
        """A mail of the customer in the thread puts it on the advisor's list."""
        result = super().message_update(msg_dict, update_vals=update_vals)
        author = self.env["res.partner"].browse(msg_dict.get("author_id"))
        # colleagues who answer need not tell themselves
        if not any(user._is_internal() for user in author.sudo().user_ids):
            for visit in self:
                visit._tell_of_mail(msg_dict.get("body"))
        return result

    def _tell_of_mail(self, body):
        self.ensure_one()
        user = self._caretaker()
        visit = self._for_reader(user)
        visit.activity_schedule(
            ACTIVITY,
            summary=visit.env._("The customer has written about the visit"),
            note=plaintext2html(
                html2plaintext(body or "", include_references=False)[:SHOWN]
            ),
            user_id=user.id,
        )
