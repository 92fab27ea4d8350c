"""What the scripts of an upgrade do to rows of the version before."""

import importlib.util
from pathlib import Path

from .followup_common import DealerFollowupCase

ROOT = Path(__file__).parents[1]


class TestMigrations(DealerFollowupCase):
    def migrate(self, script):
        """Run one script of ``migrations/`` on this database."""
        spec = importlib.util.spec_from_file_location("migration", ROOT / script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def test_withdrawal_follows_the_number_that_had_a_note(self):
        self.customer.phone = "13805531234（李先生139）"
        consent = self.env["dealer.consent"].create(
            {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "purpose": "marketing",
                "decision": "withdrawn",
                "evidence": "不要再打电话",
            }
        )
        self.env.flush_all()
        # as the version before kept it
        for table, column in (
            ("res_partner", "phone_key"),
            ("dealer_consent", "phone"),
        ):
            self.cr.execute(
                f"UPDATE {table} SET {column} = '13805531234139' WHERE id = %s",
                [self.customer.id if table == "res_partner" else consent.id],
            )
        self.env.invalidate_all()
        self.migrate("dealer_service/migrations/19.0.1.2.0/post-phones.py")
        self.migrate("dealer_followup/migrations/19.0.1.1.0/post-phones.py")
        self.assertEqual(self.customer.phone_key, "+8613805531234")
        self.assertEqual(consent.phone, "+8613805531234")

    def test_limits_that_are_new_come_to_the_policy_a_shop_has(self):
        policy = self.env.ref("dealer_complaint.sla_policy_default")
        script = "dealer_complaint/migrations/19.0.1.2.0/post-limits.py"
        policy.target_ids.filtered(
            lambda t: t.metric in ("remedy", "callback")
        ).unlink()
        own = self.env["dealer.sla.target"].create(
            {"policy_id": policy.id, "metric": "callback", "amount": 8}
        )
        self.migrate(script)
        by_metric = policy.target_ids.grouped("metric")
        self.assertEqual(by_metric["callback"], own)
        self.assertEqual(by_metric["remedy"].amount, 5)
        self.assertEqual(len(by_metric["remedy"].level_ids), 3)
        # where the shop has thrown the policy away, none comes back
        policy.unlink()
        self.migrate(script)
        self.assertFalse(
            self.env["dealer.sla.target"].search(
                [("metric", "=", "remedy"), ("policy_id.level", "=", False)]
            )
        )

    def test_levels_get_their_policies_and_callers_their_guide(self):
        script = "dealer_complaint/migrations/19.0.1.2.0/post-limits_by_level.py"
        levels = self.env["dealer.sla.policy"].search([("level", "!=", False)])
        levels.unlink()
        self.env["dealer.complaint.guide"].search([]).unlink()
        self.migrate(script)
        self.assertEqual(
            set(self.env["dealer.sla.policy"].search([]).mapped("level")),
            {False, "dissatisfaction", "grievance"},
        )
        self.assertEqual(self.env["dealer.complaint.guide"].search_count([]), 13)
