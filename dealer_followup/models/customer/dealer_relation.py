from odoo import api, fields, models

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint import OPEN_STATES
from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    BOOKED_STATES,
)

from ...tools import groups
from ..call.dealer_followup import OPEN_STATES as OPEN_TASKS

#: So many of each kind; the lists behind the buttons have all of them.
LAST = 8
LAST_CARS = 20
#: Calls and bookings of the coming year, the next first.
MOST_COMING = 30
#: Events of the story, newest first.
LAST_EVENTS = 25
COLORS = {
    "new": "info",
    "active": "success",
    "won_back": "success",
    "dormant": "warning",
    "lost": "danger",
    "left": "secondary",
}


class DealerRelation(models.AbstractModel):
    """The story of a relation: who, which cars, what was, what is open, what comes.

    Everybody is told what he may read; the number of queries does not depend on how
    long the story is.
    """

    _name = "dealer.relation"
    _description = "Relationship Timeline"

    relation_story = fields.Html(
        "Customer Relationship",
        compute="_compute_relation_story",
        sanitize=False,
        groups="base.group_user",
    )
    open_followup_count = fields.Integer(
        "Open Follow-ups",
        compute="_compute_open_followup_count",
        groups=groups.CALLER,
    )

    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_relation_story(self):
        for record in self:
            record.relation_story = (
                self.env["ir.qweb"]._render(
                    "dealer_followup.relation_story", record._relation_facts()
                )
                if record._origin.id
                else False
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_open_followup_count(self):
        name = self._relation_link()
        counts = dict(
            self.env["dealer.followup"]._read_group(
                [(name, "in", self.ids), ("state", "in", OPEN_TASKS)],
                [name],
                ["__count"],
            )
        )
        for record in self:
            record.open_followup_count = counts.get(record._origin, 0)

    def action_view_followups(self):
        """The follow-ups about this customer or car."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_followup_action"
        )
        action["domain"] = [(self._relation_link(), "=", self.id)]
        action["context"] = {}
        return action

    # ------------------------------------------------------------------
    # HOOKS
    # ------------------------------------------------------------------

    def _relation_link(self):
        """The field by which other records name this one."""
        raise NotImplementedError

    def _relation_partner(self):
        """The customer."""
        raise NotImplementedError

    def _relation_cars(self):
        """The cars of this customer, or this car."""
        raise NotImplementedError

    # ------------------------------------------------------------------
    # FACTS
    # ------------------------------------------------------------------

    def _relation_facts(self):
        """What the template shows."""
        self.ensure_one()
        partner, cars = self._relation_partner(), self._relation_cars()[:LAST_CARS]
        link = self._relation_link()
        domain = [(link, "=", self._origin.id)]
        visits = self._relation_last(
            "dealer.reception",
            domain + [("state", "not in", ("cancelled", "no_show"))],
            "date_planned desc, id desc",
        )
        complaints = self._relation_last(
            "dealer.complaint", domain, "date_received desc, id desc"
        )
        calls = self._relation_last(
            "dealer.followup.attempt",
            domain
            if link == "partner_id"
            else [("followup_ids.vehicle_id", "=", self._origin.id)],
            "date desc, id desc",
        )
        changes = self._relation_last(
            "dealer.life.cycle.change", domain, "date desc, id desc"
        )
        consents = self._relation_last(
            "dealer.consent",
            [("phone", "=", partner.phone_key or "-")],
            "date desc, id desc",
        )
        tasks = self._relation_last(
            "dealer.followup",
            domain + [("state", "in", OPEN_TASKS)],
            "next_try_at, id",
        )
        declined = self._relation_last(
            "dealer.declined.work",
            domain + [("state", "in", ("open", "offered"))],
            "is_safety desc, date_declined desc, id desc",
        )
        events = [
            *((visit.date_planned, "visit", visit) for visit in visits),
            *((one.date_received, "complaint", one) for one in complaints),
            *((call.date, "call", call) for call in calls),
            *((line.date, "consent", line) for line in consents),
            *(
                (fields.Datetime.to_datetime(change.date), "change", change)
                for change in changes
                if change.life_cycle != change.old_life_cycle
            ),
        ]
        events = sorted(
            (event for event in events if event[0]),
            key=lambda event: event[0],
            reverse=True,
        )
        return {
            "partner": partner,
            "cars": cars,
            "forecasts": {car.id: car._forecast_line() for car in cars},
            "car_lines": {car.id: self._relation_car_line(car) for car in cars},
            "events": events[:LAST_EVENTS],
            "visit_lines": {
                visit.id: self._relation_visit_line(visit)
                # whoever reads a visit is told why the customer came
                for visit in visits.sudo()
            },
            "coming": self._relation_coming(partner, cars),
            "tasks": tasks,
            "task_lines": {task.id: self._relation_task_line(task) for task in tasks},
            "declined": declined,
            "open_complaints": complaints.filtered(
                lambda complaint: complaint.state in OPEN_STATES
            ),
            "consents": self._relation_consents(partner),
            "label": self._relation_label,
            "colors": COLORS,
        }

    def _relation_last(self, name, domain, order):
        """The last records of a model, as far as the user may read them."""
        model = self.env[name]
        if not model.has_access("read"):
            return model
        return model.search(domain, order=order, limit=LAST)

    def _relation_coming(self, partner, cars):
        """What the next year will bring: (day, what, plate) of calls and bookings."""
        coming = []
        if self.env["dealer.reception"].has_access("read"):
            booked = self.env["dealer.reception"].search_fetch(
                [("vehicle_id", "in", cars.ids), ("state", "in", BOOKED_STATES)],
                ["date_appointment", "license_plate", "company_id"],
                limit=LAST,
            )
            coming += [
                (
                    visit.company_id._dealer_day(visit.date_appointment),
                    self.env._("Appointment"),
                    visit.license_plate,
                )
                for visit in booked.filtered("date_appointment")
            ]
        if self.env["dealer.followup"].has_access("read"):
            # callers see what is to come, whichever rules they may read
            rules = self.env["dealer.care.rule"].sudo()
            rules = rules.search([("active", "=", True)])
            coming += [
                (day, rule.name, car.license_plate)
                for day, rule, car in rules._coming_year(
                    self.env.companies, partner, cars
                )
            ]
        return sorted(coming, key=lambda one: one[0])[:MOST_COMING]

    def _relation_consents(self, partner):
        """What the number may be used for in this shop: (purpose, decision) pairs."""
        ledger = self.env["dealer.consent"]
        if not partner.phone_key or not ledger.has_access("read"):
            return []
        shop = self.env.company
        decisions = []
        for purpose, label in ledger._fields["purpose"]._description_selection(
            self.env
        ):
            current = ledger._current(shop, purpose, "call", [partner.phone_key])
            decision = current.get(partner.phone_key)
            if not decision and purpose == "marketing":
                needed = shop.dealer_marketing_needs_consent
                decision = "missing" if needed else "given"
            decisions.append((label, decision or "given"))
        return decisions

    @staticmethod
    def _relation_label(record, name):
        """The label of a selection value."""
        labels = dict(record._fields[name]._description_selection(record.env))
        return labels.get(record[name], "")
