"""The manager's mail has the figures of all three apps, and nobody else's has them."""

from datetime import timedelta

from odoo import fields

from ...followup_common import DealerFollowupCase

NAMES = [
    "Cars Handed Over",
    "Promises Kept (%)",
    "Comebacks",
    "Settled With Customers",
    "Complaints Received",
    "Time Limits Met (%)",
    "Follow-ups Done",
    "Follow-ups That Led to a Visit",
]


class TestDigest(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("dealer_service.digest_after_sales")
        cls.boss = cls.make_user("boss", "manager", email="boss@shop.example")
        cls.boss.group_ids += cls.env.ref(
            "dealer_complaint.group_dealer_complaint_manager"
        ) | cls.env.ref("dealer_followup.group_dealer_followup_manager")

    def mail(self, user):
        """The body of the mail that Odoo sends to ``user``."""
        self.digest.user_ids = user
        before = self.env["mail.mail"].search([])
        self.digest.action_send_manual()
        return (self.env["mail.mail"].search([]) - before).body_html

    def values(self, user):
        """The figures of the last 24 hours by name."""
        kpis = self.digest._compute_kpis(self.company, user)
        return {kpi["kpi_name"]: kpi["kpi_col1"]["value"] for kpi in kpis}

    def test_mail_of_the_manager_has_every_figure(self):
        body = self.mail(self.boss)
        for name in NAMES:
            self.assertIn(name, body)

    def test_mail_of_an_advisor_has_none_of_them(self):
        self.advisor.email = "advisor@shop.example"
        body = self.mail(self.advisor)
        for name in NAMES:
            self.assertNotIn(name, body)

    def test_figures_are_those_of_the_period_and_the_shop(self):
        before = self.values(self.boss)
        now = fields.Datetime.now()
        shop = self.env["res.company"].create({"name": "Second shop"})
        for hours, company in ((1, self.company), (30, self.company), (1, shop)):
            visit = self.make_reception(
                state="arrived",
                odometer=1,
                company_id=company.id,
                advisor_id=False,
                date_arrived=now - timedelta(hours=hours + 2),
            )
            visit._write_by_method(
                {
                    "state": "delivered",
                    "date_promised": now,
                    "date_promised_first": now,
                    "date_ready": now - timedelta(hours=hours, minutes=5),
                    "date_settled": now - timedelta(hours=hours, minutes=3),
                    "date_delivered": now - timedelta(hours=hours),
                    "settled_total": 350.0,
                }
            )
        self.make_complaint(date_received=now - timedelta(hours=1))
        task = self.make_task()
        task._write_by_method(
            {"state": "done", "date_closed": now - timedelta(hours=1)}
        )
        after = self.values(self.boss)
        for name in ("visits", "complaints", "followups"):
            name = f"kpi_dealer_{name}"
            self.assertEqual(int(after[name]) - int(before[name]), 1, name)
        self.assertEqual(after["kpi_dealer_promise"], "100.00")
        self.assertIn("350", after["kpi_dealer_settled"])
