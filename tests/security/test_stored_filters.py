"""Conditions that managers store are literal, readable, and of their own shop."""

from odoo.exceptions import ValidationError

from .common import SecurityCase

#: What reads as the manager and finds as the superuser.
TWO_FACES = "[('reception_ids.settled_total' if uid == 1 else 'id', '!=', False)]"
#: What no manager of care or complaints may read.
UNREADABLE = "[('reception_ids.settled_total', '>', 1)]"
REFUSED = (
    TWO_FACES,
    UNREADABLE,
    "[('reception_ids.order_ids.amount_total', '>', 1)]",
    "[('owner_id.credit', '>', 1)]",
    "[('seller_id', '=', uid)]",
    "[('id', 'in', [car for car in (1, 2)])]",
    "[('no_such_field', '=', 1)]",
    "[('id', '=', 2**63)]",
    "nonsense",
    "{}",
    "7",
)


class TestStoredFilters(SecurityCase):
    def setUp(self):
        super().setUp()
        self.own, self.other = self.sides["own"], self.sides["other"]
        self.care_manager.company_ids = self.company
        # a car of both shops, in the words that the other shop wrote about it
        self.secret = self.other.shared_visit
        self.secret.belongings = "zqsecretqz"
        self.env.flush_all()

    def holders(self):
        """Everything of the own shop that keeps conditions, with its manager."""
        policy = self.env["dealer.sla.policy"].create(
            {"name": "Own", "company_id": self.company.id}
        )
        return (
            (self.own.rule, "vehicle_domain", self.care_manager),
            (self.own.activity, "vehicle_domain", self.care_manager),
            (policy, "domain", self.complaint_manager),
        )

    def test_only_literal_and_readable_conditions_are_stored(self):
        for record, name, manager in self.holders():
            for text in REFUSED:
                text = text.replace("reception_ids", "vehicle_id.reception_ids")
                if record._name != "dealer.sla.policy":
                    text = text.replace("vehicle_id.", "")
                with (
                    self.subTest(record._name, text=text),
                    self.assertRaises(ValidationError),
                    self.cr.savepoint(),
                ):
                    record.with_user(manager)[name] = text
                    self.env.flush_all()

    def test_what_the_editor_makes_is_stored(self):
        for record, name, manager in self.holders():
            for text in (
                "[]",
                "['|', ('create_date', '>=', 'today -7d'), ('id', 'in', [1, 2])]",
                "[('company_id', '=', False)]",
            ):
                with self.subTest(record._name, text=text):
                    record.with_user(manager)[name] = text
                    self.env.flush_all()
        self.own.rule.with_user(
            self.care_manager
        ).vehicle_domain = "[('owner_id.city', 'ilike', '芜湖')]"

    def test_rule_finds_nothing_of_the_other_shop(self):
        for text, found in (
            ("[('reception_ids.belongings', '=', 'zqsecretqz')]", False),
            ("[('reception_ids.display_name', 'ilike', '%s')]", False),
            ("[('reception_ids.state', '=', 'delivered')]", True),
        ):
            text = text.replace("%s", self.secret.name)
            for record in (self.own.rule, self.own.activity):
                record.with_user(self.care_manager).vehicle_domain = text
                domain = record.sudo()._vehicle_domain()
                cars = self.env["fleet.vehicle"].search(domain)
                with self.subTest(record._name, text=text):
                    self.assertEqual(self.vehicle in cars, found)

    def test_not_in_the_own_shop_is_not_in_the_group(self):
        rule = self.own.rule.with_user(self.care_manager)
        rule.vehicle_domain = "['!', ('reception_ids.belongings', '=', 'zqsecretqz')]"
        cars = self.env["fleet.vehicle"].search(rule.sudo()._vehicle_domain())
        self.assertIn(self.vehicle, cars)

    def test_policy_knows_nothing_of_the_other_shop(self):
        policy = (
            self.env["dealer.sla.policy"]
            .with_user(self.complaint_manager)
            .create(
                {
                    "name": "Own",
                    "company_id": self.company.id,
                    "domain": "[('vehicle_id.reception_ids.belongings', '=',"
                    " 'zqsecretqz')]",
                }
            )
        )
        self.assertFalse(policy.sudo()._matches(self.own.shared_complaint.sudo()))
        self.own.shared_visit.belongings = "zqsecretqz"
        self.assertTrue(policy.sudo()._matches(self.own.shared_complaint.sudo()))
