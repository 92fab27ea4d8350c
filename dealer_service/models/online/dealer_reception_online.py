from odoo import models
from odoo.tools import plaintext2html

ACTIVITY = "dealer_service.mail_activity_type_online"


class DealerReception(models.Model):
    """An appointment that the customer made: somebody of the shop is told."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _creation_message(self):
        if self.is_by_customer:
            return self.env._("The customer booked this appointment online.")
        return super()._creation_message()

    def _caretaker(self):
        """Nobody of the shop entered it: whom the shop named for it, or an advisor."""
        user = super()._caretaker()
        if not self.is_by_customer or self.advisor_id.filtered("active"):
            return user
        # whoever is told need not be seen by who tells
        named = self.company_id.sudo().dealer_online_user_id.filtered("active")
        return named or self.company_id._dealer_advisors()[:1] or user

    def _tell_of_online_booking(self):
        """Ask somebody to read what the customer wants."""
        self.ensure_one()
        self._ask_to_look(self.env._("Booked by the customer: read the request"))

    def _tell_of_online_change(self, words):
        """The thread keeps it, and whoever looks after the visit is told."""
        self.ensure_one()
        # whoever is told need not be seen by who tells
        user = self._caretaker().sudo()
        self.message_post(body=words, partner_ids=user.partner_id.ids)

    def _ask_to_look(self, summary):
        user = self._caretaker()
        visit = self._for_reader(user)
        visit.activity_schedule(
            ACTIVITY,
            date_deadline=visit.company_id._dealer_today(),
            summary=summary,
            note=plaintext2html("\n".join(self.concern_ids.mapped("name"))),
            user_id=user.id,
        )

    def _close_online_activity(self, _target=None):
        """Nobody needs to look at what was prepared, has come, or is over."""
        # it was asked for by the system and may lie with a colleague
        mine = self.filtered("is_by_customer")
        if mine:
            mine.sudo().activity_unlink([ACTIVITY])
