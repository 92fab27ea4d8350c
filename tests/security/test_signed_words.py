"""What was signed, agreed to or read off an instrument is not rewritten afterwards."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date, Datetime
from odoo.tests import users

from odoo.addons.dealer_service.tools.customer_words import MAX_WORDS

from .common import SecurityCase


class TestSignedWords(SecurityCase):
    @users("advisor")
    def test_concerns_on_a_signed_sheet_stay(self):
        visit = self.sides["own"].visits["working"].with_env(self.env)
        concern = visit.concern_ids
        for command in (
            Command.delete(concern.id),
            Command.unlink(concern.id),
            Command.update(concern.id, {"name": "Nothing"}),
        ):
            with self.subTest(command=command):
                with self.assertRaises(UserError), self.cr.savepoint():
                    visit.concern_ids = [command]
                    self.env.flush_all()
        with self.assertRaises(UserError), self.cr.savepoint():
            concern.reception_id = self.sides["own"].visits["arrived"].id
        concern.write({"name": concern.name, "cause": "Worn pads", "sequence": 20})
        visit.concern_ids = [Command.create({"name": "It squeaks too"})]
        self.assertEqual(len(visit.concern_ids), 2)

    @users("advisor")
    def test_concerns_change_with_a_new_version_of_the_sheet(self):
        visit = self.sides["own"].visits["working"].with_env(self.env)
        visit.action_new_inspection_version()
        visit.concern_ids.name = "It squeaks when it is wet"

    @users("advisor")
    def test_date_of_an_agreed_order_stays(self):
        order = self.sides["own"].agreed_order.with_env(self.env)
        with self.assertRaises(UserError):
            order.date_order = "2020-01-01 00:00:00"

    @users("advisor")
    def test_agreed_order_is_confirmed_on_the_day_it_is_confirmed(self):
        visit = self.sides["own"].visits["arrived"].with_env(self.env)
        order = self.sides["own"].order.with_env(self.env)
        order.action_record_consent("phone", "王建国")
        with self.assertRaises(UserError):
            order.write({"state": "sale", "date_order": "2020-01-01 00:00:00"})
        order.action_confirm()
        self.assertEqual(order.reception_id, visit)
        self.assertEqual(order.date_order.date(), Datetime.now().date())

    @users("advisor")
    def test_advisor_notes_a_reading_today_in_his_own_name(self):
        car = self.sides["own"].visits["working"].vehicle_id
        readings = self.env["dealer.odometer.reading"]
        note = {"vehicle_id": car.id, "value": 30_000}
        for vals in ({"user_id": self.manager.id}, {"date": "2020-01-01"}):
            with self.subTest(**vals):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    readings.create({**note, **vals})
        reading = readings.create({**note, "date": Date.context_today(readings)})
        self.assertEqual(reading.user_id, self.env.user)

    @users("manager")
    def test_manager_notes_another_day_in_his_own_name(self):
        car = self.sides["own"].visits["working"].vehicle_id
        readings = self.env["dealer.odometer.reading"]
        note = {"vehicle_id": car.id, "value": 30_000, "date": "2026-01-02"}
        reading = readings.create(note)
        with self.assertRaises(AccessError):
            reading.user_id = self.advisor

    # -- what was sent, and what was sent to us -------------------------------

    def file(self, record):
        return self.env["ir.attachment"].create(
            {"name": "paper.pdf", "res_model": record._name, "res_id": record.id}
        )

    def test_papers_of_others_and_those_sent_to_a_customer_stay(self):
        for record, user in (
            (self.sides["own"].visits["working"], self.manager),
            (self.sides["own"].complaint, self.handler),
        ):
            customer = record.partner_id
            mine = record.with_user(user)
            ours, sent, theirs = (self.file(record) for _number in range(3))
            note = {"subtype_xmlid": "mail.mt_note", "message_type": "comment"}
            mine.message_post(body="A note", attachment_ids=ours.ids, **note)
            mine.message_post(
                body="As agreed", attachment_ids=sent.ids, partner_ids=customer.ids
            )
            record.message_post(
                body="My photos", attachment_ids=theirs.ids, author_id=customer.id
            )
            for paper in (sent, theirs):
                for attempt in (
                    paper.with_user(user).unlink,
                    lambda p=paper, u=user: p.with_user(u).write({"raw": b"x"}),
                    lambda p=paper, u=user: p.with_user(u).write({"res_id": 0}),
                ):
                    with self.assertRaises(AccessError), self.cr.savepoint():
                        attempt()
            ours.with_user(user).unlink()

    def test_customer_is_told_how_much_can_be_said(self):
        flood = "x" * (MAX_WORDS + 1)
        visit = self.sides["own"].shared_visit
        token = visit._rating_get_access_token()
        with self.assertRaisesRegex(ValidationError, "is too long"):
            visit.rating_apply(5, token=token, feedback=flood)
        task = self.make_task(self.sides["own"].survey_task.rule_id)
        words = self.env.ref("dealer_followup.survey_visit_better")
        with self.assertRaises(ValidationError):
            task._answer_by_phone({str(words.id): flood})

    def test_rating_is_given_once_whoever_looks_at_the_visit(self):
        visit = self.sides["own"].visits["ready"]
        visit._write_by_method({"state": "delivered"})
        visit.rating_apply(5, token=visit._rating_get_access_token())
        for role in ("technician", "advisor", "handler"):
            mine = visit.with_user(self.people["own"][role])
            mine.invalidate_recordset()
            self.assertFalse(mine._is_rating_open(), role)

    def test_opt_out_is_recorded_in_the_shop_that_was_told(self):
        task = self.make_task(
            self.make_rule("next_service", purpose="service"),
            vehicle_id=self.vehicle.id,
            user_id=self.caller.id,
        )
        self.caller.company_ids |= self.other_company
        shops = (self.other_company | self.company).ids
        mine = task.with_user(self.caller).with_context(allowed_company_ids=shops)
        result = self.env.ref("dealer_followup.result_refused")
        mine._record(result, note="No calls about the service")
        optout = self.env["dealer.care.optout"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(optout.company_id, self.company)
