"""Base case of customer relations: two callers, a manager, rules and calls."""

from datetime import date, timedelta

from freezegun import freeze_time

from .complaint_common import DealerComplaintCase, cn

__all__ = ["DealerFollowupCase", "cn"]


class DealerFollowupCase(DealerComplaintCase):
    """Monday, 2 March 2026, in Wuhu. Only the rules a test makes are active."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_call_hours = "09:00-12:00, 14:00-20:00"
        cls.caller = cls.make_caller("caller")
        cls.other_caller = cls.make_caller("other_caller")
        cls.care_manager = cls.make_caller("care_manager", "manager")
        cls.Rule = cls.env["dealer.care.rule"]
        cls.Followup = cls.env["dealer.followup"]
        cls.Rule.search([("source", "!=", "manual")]).active = False

    @classmethod
    def tick(cls, reception):
        """Carry out the standards of a visit (the complaint desk has another tick)."""
        return super(DealerComplaintCase, cls).tick(reception)

    @classmethod
    def make_caller(cls, login, role="user", **values):
        """:param str role: ``user`` or ``manager``"""
        groups = f"dealer_followup.group_dealer_followup_{role}"
        return cls.make_users({"login": login, "groups": groups, **values})

    @classmethod
    def make_rule(cls, source="sale", **values):
        """A rule of the service that calls three days after its cause."""
        return cls.Rule.create(
            {
                "name": f"Rule {source}",
                "code": f"test_{source}_{cls.Rule.search_count([])}",
                "source": source,
                "purpose": "service",
                "offset_days": 3,
                "expire_days": 12,
                "avoid_closed_days": False,
                **values,
            }
        )

    @classmethod
    def make_task(cls, rule=None, **values):
        """A follow-up that is due on 2 March 2026, in the pool."""
        partner = values.pop("partner", cls.customer)
        rule = rule or cls.make_rule("manual")
        return cls.Followup.create(
            {
                "rule_id": rule.id,
                "vehicle_id": cls.vehicle.id,
                "partner_id": partner.id,
                "contact_name": partner.name,
                "contact_phone": partner.phone_key,
                "company_id": cls.company.id,
                "anchor_key": f"test:{cls.Followup.search_count([])}",
                "priority": rule.sequence,
                "due_date": date(2026, 3, 2),
                "expire_date": date(2026, 3, 16),
                "next_try_at": cn(2),
                **values,
            }
        )

    @classmethod
    def make_past_visit(cls, day, hour=17, **values):
        """A visit that was delivered on a day of March 2026, as an import brings it."""
        visit = cls.make_reception(
            state="arrived", date_arrived=cn(day, hour - 1), **values
        )
        visit._write_by_method({"state": "delivered", "date_delivered": cn(day, hour)})
        visit.vehicle_id.last_reception_date = visit.date_delivered.date()
        return visit

    def run_rules(self, moment, rules=None):
        """What the night does, at ``moment`` and without its commits."""
        with freeze_time(moment):
            self.Followup._expire()
            self.Followup._release_claims()
            return (rules or self.Rule.search([]))._run()

    def tasks(self, rule):
        return self.Followup.search([("rule_id", "=", rule.id)], order="id")

    def open_sheet(self, task=None, user=None):
        """The sheet of the next call, or of one follow-up."""
        tasks = self.Followup.with_user(user or self.caller)
        action = (
            tasks.browse(task.id).action_call() if task else tasks.action_next_call()
        )
        if action.get("res_model") != "dealer.followup.call":
            return None
        sheet = self.env["dealer.followup.call"].with_user(user or self.caller)
        return sheet.browse(action["res_id"])

    def call(self, task, code, user=None, **values):
        """Call about one follow-up and record how it ended."""
        sheet = self.open_sheet(task, user)
        sheet.write({"result_id": self.result(code).id, **values})
        sheet.action_save()
        return sheet

    def result(self, code):
        return self.env.ref(f"dealer_followup.result_{code}")

    @classmethod
    def consent(cls, decision="given", purpose="marketing", **values):
        return cls.env["dealer.consent"].create(
            {
                "partner_id": cls.customer.id,
                "purpose": purpose,
                "decision": decision,
                "evidence": "Said so at the counter",
                "date": cn(date(2026, 1, 5), 9) + timedelta(days=len(decision)),
                **values,
            }
        )

    def callbacks(self, complaint):
        """The calls that ask whether a complaint was handled well."""
        return self.Followup.search(
            [("anchor_key", "like", f"complaint:{complaint.id}:")]
        )

    def resolve(self, complaint):
        """From a new complaint to one whose customer has accepted the remedy."""
        if complaint.state == "new":
            self.make_contact(complaint, user_id=self.handler.id)
            complaint.action_investigate()
        complaint.write({"proposal": "New pads", "decision": "New pads"})
        complaint.action_propose()
        self.make_contact(complaint, kind="decision", user_id=self.handler.id)
        complaint.decision_answer = "accepted"
        complaint.action_resolve()
