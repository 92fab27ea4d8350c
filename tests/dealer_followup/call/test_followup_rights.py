"""Own and unassigned for callers, everything of the company for managers."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import users

from odoo.addons.dealer_followup.models.call.dealer_followup import OPEN_STATES

from ...followup_common import DealerFollowupCase, cn


class TestFollowupRights(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("manual")
        cls.mine = cls.make_task(cls.rule, user_id=cls.caller.id)
        cls.pool = cls.make_task(cls.rule)
        cls.others = cls.make_task(cls.rule, user_id=cls.other_caller.id)
        cls.all_tasks = cls.mine + cls.pool + cls.others
        cls.shop = cls.env["res.company"].create({"name": "Other shop"})
        cls.foreign = cls.make_task(cls.rule, company_id=cls.shop.id)

    def visible(self, model="dealer.followup", among=None):
        among = self.all_tasks + self.foreign if among is None else among
        return self.env[model].search([("id", "in", among.ids)]).with_env(among.env)

    @users("caller")
    def test_a_caller_sees_own_and_unassigned(self):
        self.assertEqual(self.visible(), self.mine + self.pool)
        with self.assertRaises(AccessError):
            self.others.with_user(self.env.user).note = "Mine now"

    @users("care_manager")
    def test_a_manager_sees_all_of_the_company_and_none_of_another(self):
        self.assertEqual(self.visible(), self.all_tasks)
        self.others.with_user(self.env.user).user_id = self.caller

    def test_who_works_for_both_shops_sees_both(self):
        self.care_manager.company_ids += self.shop
        tasks = self.Followup.with_user(self.care_manager).with_context(
            allowed_company_ids=(self.company + self.shop).ids
        )
        found = tasks.search([("id", "in", (self.all_tasks + self.foreign).ids)])
        self.assertEqual(found.sudo(), self.all_tasks + self.foreign)

    @users("advisor", "handler")
    def test_other_roles_see_no_follow_ups(self):
        with self.assertRaises(AccessError):
            self.env["dealer.followup"].search([])
        with self.assertRaises(AccessError):
            self.env["dealer.followup"].action_next_call()

    @users("caller")
    def test_a_caller_takes_and_puts_back_but_gives_to_nobody(self):
        pool = self.pool.with_user(self.env.user)
        pool.action_take()
        self.assertEqual(pool.user_id, self.env.user)
        with self.assertRaises(AccessError):
            pool.user_id = self.other_caller
        pool.action_release()
        self.assertFalse(pool.user_id)

    def test_what_a_manager_gave_is_put_back_or_passed_on_by_a_manager(self):
        self.pool.with_user(self.care_manager).user_id = self.caller
        given = self.pool.with_user(self.caller)
        for name, attempt in {
            "button": given.action_release,
            "list": lambda: given.write({"user_id": False}),
        }.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(AccessError, "was assigned by a manager"),
            ):
                attempt()
        given.action_take()
        self.pool.with_user(self.care_manager).user_id = False
        given.action_take()
        given.action_release()
        self.assertFalse(given.user_id)

    def test_what_a_manager_gave_stays_with_whoever_has_not_called(self):
        self.rule.assignment = "pool"
        self.pool.with_user(self.care_manager).user_id = self.caller
        self.pool._write_by_method(
            {"claim_user_id": self.caller.id, "claimed_at": "2020-01-01 00:00:00"}
        )
        self.Followup._release_claims()
        self.assertFalse(self.pool.claimed_at)
        self.assertEqual(self.pool.user_id, self.caller)

    @users("caller")
    def test_a_caller_cancels_own_and_unassigned_calls_with_a_reason(self):
        tasks = (self.mine + self.pool).with_user(self.env.user)
        dialog = tasks.action_cancel()
        self.assertEqual(set(tasks.mapped("state")), {"todo"})
        self.assertEqual(dialog["res_model"], "dealer.followup.cancel")
        with self.assertRaises(UserError):
            tasks.action_cancel("  ")
        self.env["dealer.followup.cancel"].with_context(**dialog["context"]).create(
            {"reason": "客户已出国"}
        ).action_confirm()
        self.assertEqual(set(tasks.mapped("state")), {"cancelled"})
        self.assertEqual(set(tasks.mapped("cancel_reason")), {"客户已出国"})
        self.assertEqual(tasks.cancel_user_id, self.env.user)

    def test_a_call_cancelled_by_hand_stays_due_for_who_cancelled_it(self):
        self.pool.with_user(self.caller).action_cancel("客户已出国")
        self.others.with_user(self.care_manager).action_cancel("客户投诉处理中")
        self.mine._close("cancelled", "left")
        self.env.flush_all()
        report = self.env["dealer.followup.report"]
        rows = report.search([("followup_id", "in", self.all_tasks.ids)])
        self.assertEqual(
            {(row.followup_id, row.user_id) for row in rows},
            {(self.pool, self.caller), (self.others, self.care_manager)},
        )
        for row in rows:
            self.assertEqual((row.tried_rate, row.by_hand_rate), (0, 100))

    @users("caller")
    def test_a_caller_cancels_takes_and_puts_back_no_call_of_a_colleague(self):
        theirs = self.others.with_user(self.env.user)
        for call in (
            theirs.action_cancel,
            lambda: theirs.action_cancel("不想打"),
            theirs.action_take,
            theirs.action_release,
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(self.others.state, "todo")
        self.assertEqual(self.others.user_id, self.other_caller)

    def test_a_call_that_somebody_waits_for_is_cancelled_by_a_manager(self):
        promised = self.make_task(self.rule, user_id=self.caller.id, is_promised=True)
        given = self.make_task(self.rule)
        given.with_user(self.care_manager).user_id = self.caller
        about = self.make_task(self.rule, complaint_id=self.make_complaint().id)
        for name, task in {
            "promised": promised,
            "given": given,
            "about a complaint": about,
        }.items():
            for reason in (None, "不想打"):
                with self.subTest(name, reason=reason), self.assertRaises(AccessError):
                    task.with_user(self.caller).action_cancel(reason)
            self.assertIn(task.state, OPEN_STATES)
            task.with_user(self.care_manager).action_cancel("客户已另行答复")
            self.assertEqual(task.state, "cancelled")

    @users("caller")
    def test_a_call_that_a_caller_takes_himself_is_his_to_cancel(self):
        task = self.pool.with_user(self.env.user)
        task.action_take()
        task.action_cancel("客户已出国")
        self.assertEqual(task.state, "cancelled")

    @users("care_manager")
    def test_a_manager_cancels_the_calls_of_all_with_a_reason(self):
        theirs = self.others.with_user(self.env.user)
        theirs.action_cancel()
        self.assertEqual(theirs.state, "todo")
        theirs.action_cancel("客户投诉处理中")
        self.assertEqual(theirs.state, "cancelled")
        theirs.action_reopen()
        self.assertFalse(theirs.cancel_reason)
        self.assertFalse(theirs.cancel_user_id)

    def test_whose_call_it_was_stays_when_it_is_over(self):
        self.mine._close("expired", False)
        self.pool._close("expired", False)
        for user, tasks in (
            (self.caller, self.mine + self.pool),
            (self.care_manager, self.mine),
        ):
            for call in (
                tasks.with_user(user).action_take,
                tasks.with_user(user).action_release,
                lambda user=user: self.mine.with_user(user).write({"user_id": False}),
            ):
                with self.assertRaises(UserError):
                    call()
        self.assertEqual(self.mine.user_id, self.caller)

    def test_words_of_a_recorded_call_are_rewritten_by_nobody(self):
        waiting, done = self.make_task(user_id=self.caller.id), self.make_task()
        with freeze_time(cn(2, 10)):
            waiting.with_user(self.caller).note = "Prefers the evening"
            self.call(waiting, "no_answer", note="A child answered")
        with freeze_time(cn(2, 11)):
            self.call(done, "unhappy", note="The brakes squeak again")
        for task in (waiting, done):
            for user in (self.caller, self.care_manager):
                with (
                    self.subTest(state=task.state, user=user.login),
                    self.assertRaisesRegex(UserError, "said in a recorded call"),
                ):
                    task.with_user(user).note = "Very happy"
        self.assertEqual(done.note, "The brakes squeak again")

    def test_putting_back_takes_no_number_from_who_is_dialling_it(self):
        self.pool._write_by_method(
            {"claimed_at": cn(2, 9), "claim_user_id": self.other_caller.id}
        )
        self.pool.with_user(self.caller).action_release()
        self.assertEqual(self.pool.claim_user_id, self.other_caller)

    @users("care_manager")
    def test_nobody_makes_or_deletes_follow_ups_by_hand(self):
        with self.assertRaises(AccessError):
            self.make_task_as(self.env.user)
        with self.assertRaises(AccessError):
            self.mine.with_user(self.env.user).unlink()

    def make_task_as(self, user):
        values = self.mine.copy_data()[0]
        return self.Followup.with_user(user).create({**values, "anchor_key": "x"})

    @users("care_manager")
    def test_nobody_writes_calls_by_hand(self):
        with self.assertRaises(AccessError):
            self.env["dealer.followup.attempt"].create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.customer.id,
                    "result_id": self.result("reached").id,
                }
            )

    def make_attempt(self, user, task, company=None):
        return self.env["dealer.followup.attempt"].create(
            {
                "company_id": (company or self.company).id,
                "partner_id": self.customer.id,
                "user_id": user.id,
                "result_id": self.result("reached").id,
                "followup_ids": [Command.set(task.ids)],
            }
        )

    def test_a_caller_sees_own_calls_and_those_of_visible_follow_ups(self):
        own = self.make_attempt(self.caller, self.others)
        earlier = self.make_attempt(self.other_caller, self.pool)
        hidden = self.make_attempt(self.other_caller, self.others)
        foreign = self.make_attempt(self.caller, self.foreign, self.shop)
        every = own + earlier + hidden + foreign
        model = self.env["dealer.followup.attempt"]
        for user, seen in (
            (self.caller, own + earlier),
            (self.care_manager, own + earlier + hidden),
        ):
            found = model.with_user(user).search([("id", "in", every.ids)])
            self.assertEqual(set(found.ids), set(seen.ids), user.login)

    @users("caller")
    def test_a_caller_changes_no_rules_and_no_results(self):
        for record, name in ((self.rule, "name"), (self.result("reached"), "name")):
            record = record.with_user(self.env.user)
            self.assertTrue(record.name)
            with self.assertRaises(AccessError):
                record.write({name: "Mine"})
        with self.assertRaises(AccessError):
            self.rule.with_user(self.env.user).action_run()

    @users("care_manager")
    def test_a_manager_changes_and_runs_rules(self):
        rule = self.make_rule("sale", company_id=self.company.id)
        rule = rule.with_user(self.env.user)
        rule.script = "<p>Hello <t t-out='object.contact_name'/></p>"
        self.vehicle.sale_date = date(2026, 3, 2)
        rule.action_run()

    @users("care_manager")
    def test_a_manager_edits_every_shipped_rule(self):
        # with a second shop they are those of the group
        self.care_manager.group_ids += self.env.ref("dealer_service.group_dealer_group")
        rules = self.Rule.with_context(active_test=False).with_env(self.env)
        rules = rules.with_context(active_test=False).search([])
        for rule in rules:
            with self.subTest(rule=rule.code):
                rule.write({"sequence": 42, "max_attempts": 2})
        visit = self.env.ref("dealer_followup.care_rule_visit").with_env(self.env)
        visit.script = visit.script + "<p>Ask about <t t-out='object.note'/></p>"
        visit.copy()

    @users("care_manager")
    def test_a_manager_writes_no_code_into_a_script(self):
        rule = self.make_rule("manual").with_env(self.env)
        for script in (
            "<t t-out='object.partner_id.unlink()'/>",
            "<t t-out='object.env.cr'/>",
            "<t t-foreach='object.env.user.search([])' t-as='x'/>",
        ):
            with self.assertRaises(AccessError):
                rule.script = script
        with self.assertRaises(AccessError):
            rule.lang = "{{ object.env.user.unlink() }}"

    def test_a_rule_of_another_shop_is_not_seen(self):
        foreign = self.make_rule("sale", company_id=self.shop.id)
        rules = self.Rule.with_user(self.care_manager)
        found = rules.search([("id", "in", (self.rule + foreign).ids)])
        self.assertEqual(found.ids, self.rule.ids)

    @users("caller")
    def test_a_caller_reads_customers_cars_only(self):
        own_fleet = self.make_vehicle(
            license_plate="皖B·F0001", is_customer_vehicle=False
        )
        cars = self.env["fleet.vehicle"].search(
            [("id", "in", (self.vehicle + own_fleet).ids)]
        )
        self.assertEqual(cars.ids, self.vehicle.ids)
        with self.assertRaises(AccessError):
            cars.license_plate = "皖B·X0000"

    @users("caller")
    def test_a_caller_reads_visits_but_no_price_and_changes_nothing(self):
        visit = self.make_past_visit(1).with_user(self.env.user)
        self.assertEqual(visit.state, "delivered")
        with self.assertRaises(AccessError):
            visit.read(["estimate_total"])
        with self.assertRaises(AccessError):
            visit.wash = False

    def test_a_technician_who_also_calls_sees_every_visit(self):
        visit = self.make_past_visit(1)
        self.caller.group_ids += self.env.ref(
            "dealer_service.group_dealer_service_technician"
        )
        self.assertTrue(
            self.env["dealer.reception"]
            .with_user(self.caller)
            .search([("id", "=", visit.id)])
        )

    def test_consents_of_another_shop_are_not_seen_and_do_not_count(self):
        mine = self.consent("given")
        theirs = self.consent("withdrawn", company_id=self.shop.id)
        ledger = self.env["dealer.consent"].with_user(self.caller)
        found = ledger.search([("id", "in", (mine + theirs).ids)])
        self.assertEqual(found.ids, mine.ids)
        insurance = self.make_rule(
            "insurance", purpose="marketing", offset_days=-45, expire_days=45
        )
        self.vehicle.insurance_expiry = date(2026, 4, 10)
        self.run_rules(cn(2, 2), insurance)
        self.assertEqual(self.tasks(insurance).state, "todo")

    @users("caller")
    def test_only_a_manager_ends_an_opt_out(self):
        optout = self.env["dealer.care.optout"].create(
            {"vehicle_id": self.vehicle.id, "source": "visit", "reason": "No"}
        )
        with self.assertRaises(AccessError):
            optout.active = False
        optout.with_user(self.care_manager).active = False

    @users("caller")
    def test_a_sheet_reaches_no_follow_up_of_a_colleague(self):
        with self.assertRaises(AccessError):
            self.env["dealer.followup.call"].create(
                {"followup_ids": [Command.set(self.others.ids)]}
            )
        self.mine.with_user(self.env.user).note = "Mine"
