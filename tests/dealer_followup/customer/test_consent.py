"""Consent by number and purpose, opt-outs by car: asked at planning and at dialling."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from ...followup_common import DealerFollowupCase, cn


@freeze_time(cn(2, 10))
class TestConsent(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurance = cls.make_rule(
            "insurance", purpose="marketing", offset_days=-45, expire_days=45
        )
        cls.recall = cls.env.ref("dealer_followup.care_rule_recall")
        cls.vehicle.insurance_expiry = date(2026, 4, 10)

    def plan(self, day=2):
        self.run_rules(cn(day, 2), self.insurance)
        return self.tasks(self.insurance)

    def test_without_consent_there_is_no_marketing(self):
        self.assertFalse(self.plan())
        self.consent("given")
        self.assertEqual(self.plan(3).state, "todo")

    def test_a_shop_may_call_without_consent_until_it_is_withdrawn(self):
        self.company.dealer_marketing_needs_consent = False
        self.assertEqual(self.plan().state, "todo")
        self.consent("withdrawn")
        self.assertEqual(self.tasks(self.insurance).state, "suppressed")

    def test_nobody_decides_for_the_number_of_somebody_else(self):
        wife = self.make_partner(name="李梅", phone="139 0000 0001")
        entered = {
            "partner_id": self.customer.id,
            "decision": "given",
            "evidence": "Said so at the counter",
        }
        ledger = self.env["dealer.consent"]
        for user in (self.caller, self.care_manager):
            with self.subTest(user=user.login):
                with self.assertRaisesRegex(UserError, "not a number of 王建国"):
                    ledger.with_user(user).create({**entered, "phone": wife.phone})
                line = ledger.with_user(user).create({**entered, "phone": "138 1"})
                self.assertTrue(line)
        wife.parent_id = self.customer
        self.assertTrue(
            ledger.with_user(self.caller).create({**entered, "phone": wife.phone})
        )

    def test_evidence_is_more_than_a_blank(self):
        ledger = self.env["dealer.consent"].with_user(self.caller)
        for evidence in ("", " \n", False):
            with self.subTest(evidence=evidence), self.assertRaises(UserError):
                ledger.create(
                    {
                        "partner_id": self.customer.id,
                        "decision": "given",
                        "evidence": evidence,
                    }
                )

    def test_a_withdrawal_is_remembered_as_the_reason(self):
        self.consent("given")
        self.consent("withdrawn")
        self.assertRecordValues(
            self.plan(), [{"state": "suppressed", "close_reason": "withdrawn"}]
        )

    def test_opt_out_between_planning_and_dialling(self):
        self.consent("given")
        task = self.plan()
        sheet = self.open_sheet()
        self.assertEqual(sheet.followup_ids, task)
        self.consent("withdrawn")
        self.assertEqual(task.state, "suppressed")
        with self.assertRaises(UserError):
            sheet.action_dial()
        self.assertIsNone(self.open_sheet())

    def test_a_withdrawal_the_database_learns_behind_our_back_still_counts(self):
        """Dialling asks the ledger itself, not the state of the task."""
        self.consent("given")
        task = self.plan()
        self.consent("withdrawn")
        task._write_by_method({"state": "todo", "close_reason": False})
        self.assertIsNone(self.open_sheet())
        self.assertEqual(task.state, "suppressed")

    def test_who_opted_out_of_marketing_still_gets_the_recall(self):
        self.consent("withdrawn")
        self.customer.no_care = True
        self.recall.action_start_round()
        task = self.tasks(self.recall).filtered(lambda t: t.vehicle_id == self.vehicle)
        self.assertEqual(self.open_sheet().followup_ids, task)

    def test_withdrawn_and_given_again_the_proof_stays(self):
        for number, decision in enumerate(("given", "withdrawn", "given")):
            self.consent(decision, date=cn(date(2026, 1, 5 + number), 9))
        self.assertEqual(self.plan().state, "todo")
        ledger = self.env["dealer.consent"].search(
            [("phone", "=", self.customer.phone_key)], order="date"
        )
        self.assertEqual(ledger.mapped("decision"), ["given", "withdrawn", "given"])

    def test_every_spelling_of_the_number_is_the_same_number(self):
        for number, spelling in enumerate(
            ("13805531234", "138-0553-1234", "+86 138 0553 1234", "0086 13805531234")
        ):
            line = self.consent(
                "given",
                partner_id=False,
                phone=spelling,
                date=cn(date(2026, 1, 9 + number)),
            )
            self.assertEqual(line.phone, "+8613805531234")

    def test_a_new_number_has_not_consented(self):
        self.consent("given")
        task = self.plan()
        self.customer.phone = "13900009999"
        self.assertEqual(task.contact_phone, "+8613900009999")
        self.assertIsNone(self.open_sheet())

    def test_a_new_number_inherits_the_withdrawal(self):
        self.consent("withdrawn")
        self.customer.phone = "13900009999"
        self.assertEqual(self.plan().state, "suppressed")

    def test_consent_given_anew_holds_for_the_new_number(self):
        self.consent("withdrawn")
        self.customer.phone = "13900009999"
        self.consent("given", date=cn(1))
        self.assertEqual(self.plan().state, "todo")

    def test_consent_of_one_channel_is_not_consent_of_all(self):
        self.consent("given", channel="sms")
        self.assertFalse(self.plan())

    def test_consent_to_calls_is_no_consent_to_the_message_after_them(self):
        self.consent("given", channel="call")
        rule = self.make_rule("manual", purpose="marketing")
        task = self.make_task(rule, channel="sms")
        with self.assertRaises(UserError):
            task.with_user(self.caller).action_sent()
        self.assertFalse(task.attempt_ids)
        self.consent("given", channel="sms")
        task.with_user(self.caller).action_sent()
        self.assertEqual(task.attempt_ids.channel, "sms")

    def test_a_message_nobody_wants_any_more_is_not_sent(self):
        rule = self.make_rule("manual", purpose="satisfaction")
        task = self.make_task(rule, channel="sms")
        self.consent("withdrawn", purpose="satisfaction", channel="sms")
        self.assertEqual((task.state, task.close_reason), ("suppressed", "withdrawn"))

    def test_a_message_waits_while_a_complaint_is_open(self):
        rule = self.make_rule("manual", purpose="satisfaction")
        task = self.make_task(rule, channel="sms")
        self.make_complaint(vehicle_id=self.vehicle.id)
        with self.assertRaises(UserError):
            task.with_user(self.caller).action_sent()
        self.assertEqual(task.state, "todo")

    def test_a_rule_that_writes_and_then_calls_asks_whether_it_may_call(self):
        self.consent("withdrawn", purpose="satisfaction", channel="call")
        rule = self.make_rule("manual", purpose="satisfaction", channel="email")
        self.make_task(rule, channel="call")
        self.assertIsNone(self.open_sheet())

    def test_the_refusal_on_the_telephone_is_the_withdrawal(self):
        self.consent("given")
        task = self.plan()
        later = self.make_task(
            self.make_rule("manual", purpose="marketing"), next_try_at=cn(9)
        )
        with self.assertRaises(UserError):
            self.call(task, "refused")
        self.call(task, "refused", note="Stop phoning me about insurance!")
        line = self.env["dealer.consent"].search([("decision", "=", "withdrawn")])
        self.assertRecordValues(
            line,
            [
                {
                    "phone": "+8613805531234",
                    "purpose": "marketing",
                    "evidence": "Stop phoning me about insurance!",
                    "user_id": self.caller.id,
                }
            ],
        )
        self.assertEqual(later.state, "suppressed")

    def test_the_ledger_is_only_added_to(self):
        line = self.consent("given")
        with self.assertRaises(UserError):
            line.decision = "withdrawn"
        with self.assertRaises(UserError):
            line.unlink()
        with self.assertRaises(AccessError):
            line.with_user(self.care_manager).unlink()

    def test_a_caller_records_a_decision_as_himself(self):
        line = (
            self.env["dealer.consent"]
            .with_user(self.caller)
            .create(
                {
                    "phone": "13805531234",
                    "decision": "given",
                    "evidence": "Form of today",
                    "user_id": self.other_caller.id,
                }
            )
        )
        self.assertEqual(line.user_id, self.caller)

    def enter(self, user, **values):
        """What ``user`` enters by hand."""
        ledger = self.env["dealer.consent"].with_context(user.env.context)
        ledger = ledger.with_user(user)
        return ledger.create(
            {
                "phone": "13805531234",
                "decision": "given",
                "evidence": "Form of today",
                **values,
            }
        )

    def test_a_caller_records_what_is_decided_now(self):
        now = cn(2, 10)
        self.assertEqual(self.enter(self.caller).date, now)
        # the dialog was open while the customer spoke
        opened = now - timedelta(minutes=20)
        self.assertEqual(self.enter(self.caller, date=opened).date, now)
        old = cn(date(2026, 1, 5), 9)
        mine = self.env["dealer.consent"].with_user(self.caller)
        with self.assertRaisesRegex(UserError, "A manager"):
            self.enter(self.caller, date=old)
        names = ["phone", "decision", "evidence", "date"]
        row = ["13805531234", "given", "x", "2026-01-05 09:00:00"]
        self.assertFalse(mine.load(names, [row])["ids"])
        with self.assertRaisesRegex(UserError, "A manager"):
            self.enter(self.caller.with_context(default_date=old))
        self.assertEqual(self.consent(date=old).with_user(self.caller).copy().date, now)

    def test_a_manager_enters_former_decisions_and_no_future_ones(self):
        old = cn(date(2026, 1, 5), 9)
        self.assertEqual(self.enter(self.care_manager, date=old).date, old)
        for user in (self.caller, self.care_manager):
            with self.assertRaisesRegex(UserError, "future date"):
                self.enter(user, date=cn(3, 9))

    def test_enough_marketing_calls_to_one_number(self):
        self.company.dealer_marketing_limit = 1
        self.consent("given")
        neighbour = self.make_partner(name="李梅", phone="13805531234")
        self.call(
            self.make_task(
                self.make_rule("manual", purpose="marketing"), partner=neighbour
            ),
            "not_interested",
        )
        self.assertFalse(self.plan(3))
        with freeze_time(cn(date(2026, 4, 2), 10)):
            self.assertEqual(self.run_rules(cn(date(2026, 4, 2), 2), self.insurance), 1)

    def test_a_promised_call_is_made_however_recently_he_was_reached(self):
        self.company.dealer_marketing_limit = 1
        self.consent("given")
        rule = self.make_rule("manual", purpose="marketing", suppress_recent_days=30)
        task = self.make_task(rule)
        self.call(task, "call_later", promised_at=cn(3, 15))
        other = self.make_task(rule)
        with freeze_time(cn(3, 15)):
            self.assertEqual(self.open_sheet().followup_ids, task)
            with self.assertRaises(UserError):
                self.open_sheet(other)

    def test_calls_nobody_answered_use_up_no_marketing_calls(self):
        self.consent("given")
        rule = self.make_rule("manual", purpose="marketing", unreached_channel="letter")
        task = self.make_task(rule)
        for day in range(2, 7):
            with freeze_time(cn(day, 10)):
                self.call(task, "no_answer")
        self.assertEqual((task.state, task.channel), ("todo", "letter"))
        self.assertTrue(self.plan(7), "the limit is two")

    def test_who_was_reached_lately_is_not_called_for_marketing(self):
        self.insurance.suppress_recent_days = 7
        self.consent("given")
        self.call(self.make_task(), "reached")
        self.assertFalse(self.plan(8))
        self.assertTrue(self.plan(10))


@freeze_time(cn(2, 10))
class TestOptout(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("next_service", offset_days=-14, expire_days=30)
        cls.vehicle.next_service_date = date(2026, 3, 16)

    def test_no_reminders_for_this_car_until_it_has_another_owner(self):
        self.run_rules(cn(2, 2), self.rule)
        task = self.tasks(self.rule)
        self.call(task, "refused", note="I service it in my own garage")
        optout = self.env["dealer.care.optout"].search([])
        self.assertRecordValues(
            optout,
            [
                {
                    "vehicle_id": self.vehicle.id,
                    "owner_id": self.customer.id,
                    "source": "next_service",
                    "reason": "I service it in my own garage",
                }
            ],
        )
        rule = self.make_rule("next_service", offset_days=-14, expire_days=30)
        self.run_rules(cn(3, 2), rule)
        self.assertRecordValues(
            self.tasks(rule), [{"state": "suppressed", "close_reason": "opt_out"}]
        )
        self.vehicle.owner_id = self.make_partner(name="李梅", phone="13900001111")
        other = self.make_rule("next_service", offset_days=-14, expire_days=30)
        self.run_rules(cn(4, 2), other)
        self.assertEqual(self.tasks(other).state, "todo")

    def test_another_kind_of_call_about_the_car_goes_on(self):
        self.env["dealer.care.optout"].create(
            {"vehicle_id": self.vehicle.id, "source": "inspection", "reason": "No"}
        )
        self.run_rules(cn(2, 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "todo")

    def test_an_opt_out_stops_what_was_planned(self):
        self.run_rules(cn(2, 2), self.rule)
        self.env["dealer.care.optout"].create(
            {"vehicle_id": self.vehicle.id, "source": "next_service", "reason": "No"}
        )
        self.assertEqual(self.tasks(self.rule).state, "suppressed")
