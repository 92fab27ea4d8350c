from dataclasses import dataclass
from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.dealer_complaint.models.complaint.dealer_complaint import OPEN_STATES
from odoo.addons.dealer_service.models.common.dealer_reception_states import (
    CAR_IS_HERE,
)

#: A complaint that somebody works on.
COMPLAINT_IS_OPEN = Domain("state", "in", OPEN_STATES)


def visit_is_booked():
    """A slot of last week that nobody has closed keeps nobody from calling."""
    yesterday = fields.Datetime.now() - timedelta(days=1)
    return Domain("state", "in", ("booked", "prepared")) & Domain(
        "date_appointment", ">=", yesterday
    )


@dataclass(frozen=True)
class Block:
    """Why somebody is not called; for good, or for now."""

    reason: str
    is_final: bool = False


class DealerCareRule(models.Model):
    """What stands between a rule and a customer.

    Asked when a follow-up is generated and again when the number is dialled, for many
    at once. Numbers count, not partners: families and doubles share a telephone.
    """

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def _blocks(self, subjects, channel=None):
        """What keeps this rule from each subject.

        :param list subjects: dicts with ``vehicle_id, partner_id, contact_phone,
            company_id``
        :param channel: how the customer is to be reached; default: as the rule says
        :return: list of :class:`Block` or ``None``, in the same order
        """
        self.ensure_one()
        found = [None] * len(subjects)
        # shops see each other's visits, complaints and calls here, whoever asks
        checks = self.sudo()._checks(subjects, channel or self.channel)
        for index, subject in enumerate(subjects):
            found[index] = next(
                filter(None, (check(subject) for check in checks)), None
            )
        return found

    def _checks(self, subjects, channel):
        """The questions to ask, the final answers first: each takes a subject."""
        checks = []
        if not self._is_necessary():
            checks += [
                self._check_no_care(subjects),
                self._check_optout(subjects),
                self._check_consent(subjects, channel),
                self._check_left(subjects),
            ]
        checks.append(self._check_phone(subjects, channel))
        if self.suppress_complaint:
            checks.append(self._check_complaint(subjects))
        if self.suppress_in_house or self.suppress_booked:
            checks.append(self._check_visits(subjects))
        if self.suppress_recent_days:
            checks.append(self._check_recent(subjects))
        if self.purpose == "marketing":
            checks.append(self._check_marketing_limit(subjects))
        return checks

    @staticmethod
    def _values(subjects, name):
        return {subject[name] for subject in subjects if subject[name]}

    def _partners_with(self, flag, subjects):
        """Ids of the few customers who have the flag; of the many nothing is read."""
        partners = self.env["res.partner"].with_context(active_test=False)
        ids = list(self._values(subjects, "partner_id"))
        return set(partners.search([("id", "in", ids), (flag, "=", True)])._ids)

    def _check_no_care(self, subjects):
        stopped = self._partners_with("no_care", subjects)
        block = Block("no_care", is_final=True)
        return lambda subject: block if subject["partner_id"] in stopped else None

    def _check_optout(self, subjects):
        cars = self._values(subjects, "vehicle_id")
        optouts = self.env["dealer.care.optout"].search(
            [("vehicle_id", "in", list(cars)), ("source", "=", self.source)]
        )
        out = set(
            optouts.filtered(
                lambda optout: optout.owner_id == optout.vehicle_id.owner_id
            ).vehicle_id.ids
        )
        block = Block("opt_out", is_final=True)
        return lambda subject: block if subject["vehicle_id"] in out else None

    def _check_consent(self, subjects, channel):
        if self.purpose == "service":
            return lambda subject: None
        shops = self.env["res.company"].browse(self._values(subjects, "company_id"))
        phones = self._values(subjects, "contact_phone")
        current = {
            shop.id: self.env["dealer.consent"]._current(
                shop, self.purpose, channel, phones
            )
            for shop in shops
        }
        strict = set(shops.filtered("dealer_marketing_needs_consent").ids)

        def check(subject):
            shop = subject["company_id"]
            decision = current[shop].get(subject["contact_phone"])
            if decision == "withdrawn":
                return Block("withdrawn", is_final=True)
            if self.purpose == "marketing" and not decision and shop in strict:
                return Block("no_consent")
            return None

        return check

    def _check_left(self, subjects):
        """Who has said that he does not come any more, and has not come since; and
        whose card was put away."""
        anybody = self.env["res.partner"].with_context(active_test=False)
        ids = list(self._values(subjects, "partner_id"))
        away = set(anybody.search([("id", "in", ids), ("active", "=", False)])._ids)
        cars = self.env["fleet.vehicle"].with_context(active_test=False)
        domain = [
            ("id", "in", list(self._values(subjects, "vehicle_id"))),
            ("life_cycle", "=", "left"),
            ("left_date", "!=", False),
        ]
        left = set(cars.search(domain)._ids)
        block = Block("left")
        return lambda subject: (
            block
            if subject["vehicle_id"] in left or subject["partner_id"] in away
            else None
        )

    def _check_phone(self, subjects, channel):
        wrong = self._partners_with("is_phone_wrong", subjects)

        def check(subject):
            if not subject["contact_phone"]:
                return Block("no_phone")
            return Block("phone_wrong") if subject["partner_id"] in wrong else None

        return check if channel in ("call", "sms") else lambda subject: None

    def _check_complaint(self, subjects):
        cars = self._values(subjects, "vehicle_id")
        partners = self._values(subjects, "partner_id")
        of_subjects = Domain("vehicle_id", "in", list(cars)) | Domain(
            "partner_id", "in", list(partners)
        )
        complaints = self.env["dealer.complaint"].search_fetch(
            COMPLAINT_IS_OPEN & of_subjects, ["vehicle_id", "partner_id"]
        )
        cars = set(complaints.vehicle_id.ids)
        partners = set(complaints.partner_id.ids)
        return lambda subject: (
            Block("complaint")
            if subject["vehicle_id"] in cars or subject["partner_id"] in partners
            else None
        )

    def _check_visits(self, subjects):
        visits = self.env["dealer.reception"]
        mine = Domain("vehicle_id", "in", list(self._values(subjects, "vehicle_id")))
        here, booked = set(), set()
        if self.suppress_in_house:
            found = visits.search_fetch(mine & CAR_IS_HERE, ["vehicle_id"])
            here = set(found.vehicle_id.ids)
        if self.suppress_booked:
            found = visits.search_fetch(mine & visit_is_booked(), ["vehicle_id"])
            booked = set(found.vehicle_id.ids)

        def check(subject):
            if subject["vehicle_id"] in here:
                return Block("in_house")
            return Block("booked") if subject["vehicle_id"] in booked else None

        return check

    def _check_recent(self, subjects):
        since = fields.Datetime.now() - timedelta(days=self.suppress_recent_days)
        reached = self._calls(subjects, since, [("is_connected", "=", True)])
        return lambda subject: (
            Block("recent") if subject["contact_phone"] in reached else None
        )

    def _check_marketing_limit(self, subjects):
        shops = self.env["res.company"].browse(self._values(subjects, "company_id"))
        full = {}
        for shop in shops.filtered("dealer_marketing_limit"):
            since = fields.Datetime.now() - timedelta(
                days=shop.dealer_marketing_limit_days
            )
            calls = self._calls(
                subjects,
                since,
                [
                    ("company_id", "=", shop.id),
                    ("is_marketing", "=", True),
                    # who did not answer was not troubled; the tries have their own end
                    "|",
                    ("is_connected", "=", True),
                    ("channel", "!=", "call"),
                ],
            )
            full[shop.id] = {
                phone
                for phone, count in calls.items()
                if count >= shop.dealer_marketing_limit
            }
        return lambda subject: (
            Block("limit")
            if subject["contact_phone"] in full.get(subject["company_id"], ())
            else None
        )

    def _calls(self, subjects, since, domain):
        """Number of calls since a moment, by number."""
        phones = list(self._values(subjects, "contact_phone"))
        return dict(
            self.env["dealer.followup.attempt"]._read_group(
                [("phone", "in", phones), ("date", ">=", since), *domain],
                ["phone"],
                ["__count"],
            )
        )
