from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.actions import open_dialog
from ...tools.work_time import clock_time

#: While there is something to see.
WATCHABLE_STATES = ("authorized", "working", "quality")
_ACTIVITY = "dealer_service.mail_activity_type_watch"


class DealerReception(models.Model):
    """A customer who waits watches the repair (维修现场观摩): asked for on the own page
    or offered by the advisor, accompanied, by the rule of the shop.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_watch(self):
        """The rule of the shop and the words of safety; one tap more, and they go."""
        self.ensure_one()
        self._check_watch()
        return open_dialog(
            self.env["dealer.watch"],
            self.env._("Watching the Repair"),
            reception_id=self.id,
        )

    def _go_in_to_watch(self):
        """Somebody of the shop goes in with the customer, now."""
        self.ensure_one()
        # a second tap waits for the first one, and finds the customer inside
        self.env.cr.execute(
            SQL("UPDATE dealer_reception SET id = id WHERE id = %s", self.id)
        )
        if self in self.company_id._watching_visits():
            return
        self._check_watch()
        self._record_watch("workshop_visit")

    def _decline_watch(self):
        """It was offered, and the customer would rather not."""
        self.ensure_one()
        self._record_watch("workshop_offer")

    def _record_watch(self, kind):
        asked = self._watch_requests()[:1]
        if asked:
            # first what it was, then that it is done: by who says so, at this moment
            asked.kind = kind
            asked.is_done = True
        else:
            self.env["dealer.waiting.care"].create(
                {"reception_id": self.id, "kind": kind}
            )
        # the list is the advisor's, whoever of the shop went along
        self.sudo().activity_feedback([_ACTIVITY])

    # ------------------------------------------------------------------
    # ASKED FOR BY THE CUSTOMER
    # ------------------------------------------------------------------

    def _ask_to_watch(self):
        """The customer asks on the own page; the advisor is told. A second tap finds
        it asked.

        :raise UserError: when the rule of the shop does not allow it now
        """
        self.ensure_one()
        # whoever has proved that the visit is the own one
        visit = self.sudo()
        if visit._watch_requests():
            return
        visit._check_watch()
        visit.env["dealer.waiting.care"].create(
            {
                "reception_id": visit.id,
                "kind": "workshop_visit",
                "is_done": False,
                "user_id": visit.advisor_id.id,
                "note": self.env._("Asked for on the customer's page"),
            }
        )
        visit.activity_schedule(
            _ACTIVITY,
            summary=self.env._("The customer would like to watch the repair"),
            user_id=visit._caretaker().id,
        )

    def _watch_requests(self):
        return self.care_ids.filtered(
            lambda care: care.kind == "workshop_visit" and not care.is_done
        )

    def _watch_values(self):
        """What the customer's page says of it: ``state`` (``asked``, ``free``, or empty
        when there is nothing to ask for) and the ``words`` of the shop."""
        self.ensure_one()
        if self._watch_requests():
            return {"state": "asked", "words": self.company_id._watch_words()}
        if self._watch_refusal():
            return {"state": "", "words": ""}
        return {"state": "free", "words": self.company_id._watch_words()}

    # ------------------------------------------------------------------
    # THE RULE
    # ------------------------------------------------------------------

    def _check_watch(self):
        """:raise UserError: when the rule of the shop does not allow it now"""
        refusal = self._watch_refusal()
        if refusal:
            raise UserError(
                self.env._("%(visit)s: %(why)s", visit=self.name, why=refusal)
            )

    def _watch_refusal(self):
        """Why the customer cannot watch now, in a sentence; empty when it is fine."""
        shop = self.company_id
        if not shop.dealer_watch_at_once:
            return self.env._("this shop does not let customers into the workshop.")
        if not self.is_waiting or self.state not in WATCHABLE_STATES:
            return self.env._(
                "only a customer who waits here while the car is worked on can watch "
                "the repair."
            )
        if not shop._is_watch_time(fields.Datetime.now()):
            return self.env._(
                "customers are in the workshop from %(start)s to %(stop)s only.",
                start=clock_time(shop.dealer_watch_from),
                stop=clock_time(shop.dealer_watch_until),
            )
        if len(shop._watching_visits() - self) >= shop.dealer_watch_at_once:
            return self.env._(
                "%s customers are in the workshop, and no more may be there at once. "
                "Please wait a few minutes.",
                shop.dealer_watch_at_once,
            )
        return ""
