from datetime import timedelta

from odoo import fields, models

from ...tools.actions import open_form
from ..common.dealer_reception_states import OPEN_STATES

#: What the exchange tells later is no news any more.
FRESH = timedelta(minutes=2)
RINGS = "dealer_service.incoming_call"
#: So many lines of each kind are shown while the phone rings.
MOST_LINES = 5


class DealerCallRecord(models.Model):
    """A call comes in: whoever has that extension sees who it is."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    #: What is going on with a customer: names of methods that return a heading and the
    #: lines below it, each a record with its words.
    _OPEN_MATTERS = ("_matter_of_visits",)

    def _announce(self):
        """Tell the screens of whoever is called. What it is about they ask for."""
        now = fields.Datetime.now()
        for call in self:
            if (
                call.direction == "in"
                and call.stage != "ended"
                and call.user_id
                and now - call.date_start <= FRESH
            ):
                call.user_id._bus_send(RINGS, {"id": call.id})

    def get_caller(self):
        """Who calls, for the notice on the screen of whoever is called.

        :return: dict of ``title`` and ``words``
        """
        self.ensure_one()
        self.check_access("read")
        people = self._people_meant()
        known = ", ".join(people[:3].mapped("name"))
        # whose call it is among several is not guessed
        words = self._caller_words(people if len(people) == 1 else people.browse())
        return {
            "title": known or self.env._("Unknown number"),
            "words": " · ".join(words),
        }

    def _caller_words(self, people):
        """What the notice says. Hook.

        :param people: who calls; nobody, where several have that number
        """
        plates = people.vehicle_ids[:3].mapped("license_plate")
        return [*filter(None, (self.number, *plates))]

    def action_open_caller(self):
        """The page of who calls."""
        self.ensure_one()
        self.check_access("read")
        people = self.partner_id or self._people_meant()
        # the page is the system's; its user reads the call it is about
        page = self.env["dealer.caller"].create(
            {
                "call_id": self.id,
                "partner_id": people.id if len(people) == 1 else False,
            }
        )
        return open_form(page, self.env._("Caller"), target="new")

    # ------------------------------------------------------------------
    # WHAT IS GOING ON
    # ------------------------------------------------------------------

    def _open_matters(self, partner):
        """What is going on with a customer in this shop.

        :return: rows of a heading and lines, each a record and its words; read with
            all rights, so that who answers the phone knows of it
        """
        self.ensure_one()
        # a colleague sees that there is something, whoever works on it
        call = self.sudo()
        rows = [
            getattr(call, method)(partner) for method in self._rows_of("_OPEN_MATTERS")
        ]
        return [row for row in rows if row[1]]

    def _matter_of_visits(self, partner):
        visits = self.env["dealer.reception"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", OPEN_STATES),
                "|",
                ("partner_id", "=", partner.id),
                ("contact_id", "=", partner.id),
            ],
            limit=MOST_LINES,
        )
        lines = []
        for visit in visits:
            date = visit.date_promised or visit.date_appointment
            words = (
                visit.name,
                visit.license_plate,
                visit._state_label(),
                date and visit._format_local(date),
                visit.advisor_id.name,
            )
            lines.append((visit, " · ".join(filter(None, words))))
        return self.env._("Visits"), lines
