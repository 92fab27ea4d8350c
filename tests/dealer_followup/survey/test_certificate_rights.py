"""Who sees certificates and asks for them, who invites, and that nobody types one."""

from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .certification_case import NOON, CertificationCase


class TestCertificateRights(CertificationCase):
    def seen_by(self, user):
        return self.Report.with_user(user).search([]).user_id

    def test_each_sees_the_own_and_the_manager_those_of_the_department(self):
        self.Required.create({"survey_id": self.exam.id, "role": "caller"})
        self.Required.create({"survey_id": self.exam.id, "role": "handler"})
        for user in (self.advisor, self.colleague, self.caller, self.handler):
            self.assertEqual(self.seen_by(user), user)
        everybody = self.seen_by(self.manager)
        self.assertLessEqual(
            self.advisor + self.colleague + self.caller + self.handler, everybody
        )
        callers = self.seen_by(self.care_manager)
        self.assertLessEqual(self.caller + self.other_caller, callers)
        self.assertFalse(callers & (self.advisor + self.colleague + self.handler))
        handlers = self.seen_by(self.complaint_manager)
        self.assertIn(self.handler, handlers)
        self.assertFalse(handlers & (self.advisor + self.caller))

    def test_the_certificate_of_a_colleague_is_closed(self):
        row = self.row(self.advisor)
        with self.assertRaises(AccessError):
            row.with_user(self.colleague).read(["state"])

    def test_another_shop_sees_nothing_of_it(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        stranger = self.make_user(
            "elsewhere", "manager", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        row = self.row(self.advisor)
        self.assertFalse(
            row.with_user(stranger).search([("user_id", "=", self.advisor.id)])
        )
        mine = row.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.env.invalidate_all()
        try:
            found = mine.read(["state"])
        except (AccessError, MissingError):
            found = []
        self.assertFalse(found)
        with self.assertRaises(AccessError):
            row.with_user(stranger).with_context(
                allowed_company_ids=(other + self.company).ids
            ).read(["state"])
        self.assertFalse(self.required.with_user(stranger).search([]) & self.required)

    def test_only_the_follow_up_manager_says_what_is_asked_for(self):
        values = {"survey_id": self.exam.id, "role": "technician"}
        for user in (self.advisor, self.manager, self.caller, self.handler):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.Required.with_user(user).create(dict(values))
                with self.assertRaises(AccessError):
                    self.required.with_user(user).role = "caller"
        self.Required.with_user(self.care_manager).create(dict(values))

    @mute_logger("odoo.sql_db")
    def test_a_certificate_is_valid_for_some_years(self):
        for months, refusal in (
            (-1, IntegrityError),
            (601, ValidationError),
            (10**9, ValidationError),
        ):
            with self.assertRaises(refusal), self.env.cr.savepoint():
                self.exam.dealer_valid_months = months
                self.exam.flush_recordset()

    def test_nobody_types_a_result(self):
        exam = self.take(self.advisor, NOON, wrong=4)
        mine = exam.with_user(self.care_manager)
        for values in (
            {"scoring_success": True},
            {"scoring_percentage": 100},
            {"scoring_total": 80},
            {"end_datetime": datetime(2026, 3, 1)},
            {"partner_id": self.colleague.partner_id.id},
            {"test_entry": True},
            {"state": "new"},
            {"user_input_line_ids": [Command.clear()]},
        ):
            with self.subTest(values=values):
                with self.assertRaisesRegex(UserError, "judged by its answers"):
                    mine.write(values)
                new = {"survey_id": self.exam.id, **values}
                if not {"partner_id", "test_entry"} & values.keys():
                    new.update(state="done")
                    with self.assertRaisesRegex(UserError, "judged by its answers"):
                        mine.create(new)
        self.assertRow("missing")
        # an invitation is none
        mine.create(
            {"survey_id": self.exam.id, "partner_id": self.advisor.partner_id.id}
        )

    def test_an_exam_of_another_survey_does_not_become_this_one(self):
        survey = self.env.ref("dealer_followup.survey_visit")
        answer = survey._create_answer(user=self.advisor, check_attempts=False)
        with self.assertRaisesRegex(UserError, "judged by its answers"):
            answer.with_user(self.care_manager).survey_id = self.exam

    def test_what_was_finished_stays_whether_passed_or_failed(self):
        surveys = self.make_users(
            {"login": "surveys", "groups": "survey.group_survey_manager"}
        )
        failed = self.take(self.advisor, NOON, wrong=4)
        passed = self.take(self.advisor, NOON)
        trial = self.take(surveys, NOON, test_entry=True)
        begun = self.exam._create_answer(user=self.advisor, check_attempts=False)
        for exam in (failed, passed):
            with self.assertRaisesRegex(UserError, "finished exam"):
                exam.with_user(self.care_manager).unlink()
            line = exam.user_input_line_ids[:1].with_user(surveys)
            for rewrite in (
                lambda line=line: line.write({"answer_is_correct": True}),
                lambda line=line: line.unlink(),
                lambda line=line: line.copy(),
            ):
                # whoever manages Odoo's surveys may do so with others
                with self.assertRaisesRegex(UserError, "judged by its answers"):
                    rewrite()
        (trial + begun).with_user(self.care_manager).unlink()
        self.required.unlink()
        with self.assertRaisesRegex(UserError, "holds this certificate"):
            self.exam.with_user(self.care_manager).unlink()

    def test_an_exam_that_the_group_asks_for_is_the_group_s(self):
        self.env["res.company"].create({"name": "另一家店"})
        mine = self.exam.with_user(self.care_manager)
        mine.title = "服务标准考试"
        self.required.company_id = False
        with self.assertRaisesRegex(AccessError, "Group Management"):
            mine.title = "容易一点的考试"


class TestInvitation(CertificationCase):
    def invite(self, user=None, as_user=None):
        self.row(user, as_user=as_user or self.manager).action_invite()

    def mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "!=", False)])

    def test_a_manager_invites_and_the_mail_leads_to_the_exam(self):
        before = self.mails()
        self.invite()
        mail = self.mails() - before
        self.assertEqual(mail.recipient_ids, self.advisor.partner_id)
        exam = self.exam.user_input_ids.filtered(
            lambda exam: exam.partner_id == self.advisor.partner_id
        )
        self.assertEqual(exam.state, "new")
        self.assertIn(exam.access_token, mail.body_html)

    def test_whoever_has_a_link_gets_it_again(self):
        self.invite()
        self.invite()
        exams = self.exam.user_input_ids
        self.assertEqual(len(exams), 1)
        self.take(self.advisor, NOON)
        exams.state = "done"
        self.invite()
        self.assertEqual(len(self.exam.user_input_ids), 3)

    def test_only_managers_invite(self):
        with self.assertRaisesRegex(AccessError, "by a manager"):
            self.invite(as_user=self.advisor)
        row = self.row(self.advisor)
        for user in (self.colleague, self.care_manager, self.complaint_manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_invite()
        self.assertFalse(self.exam.user_input_ids)

    def test_without_an_address_nobody_is_invited(self):
        self.advisor.email = False
        with self.assertRaisesRegex(UserError, "enter a mail address"):
            self.invite()

    def test_each_takes_the_own_exam(self):
        row = self.row(self.advisor)
        action = row.with_user(self.advisor).action_take()
        self.assertIn(self.exam.user_input_ids.access_token, action["url"])
        self.assertEqual(
            row.with_user(self.advisor).action_take()["url"], action["url"]
        )
        with self.assertRaisesRegex(AccessError, "own exam"):
            row.with_user(self.manager).action_take()
        with self.assertRaises(AccessError):
            row.with_user(self.colleague).action_take()


class TestCertificatesElsewhere(CertificationCase):
    def tile(self, user, key, app="service"):
        home = self.env["dealer.home"].with_user(user)
        tiles = home.get_home(app)["sections"][0]["tiles"]
        return next((t["count"] for t in tiles if t["key"] == key), None)

    def test_the_homes_count_what_is_to_be_renewed(self):
        others = len(self.Report.search([])) - 2
        self.assertEqual(self.tile(self.manager, "certificates"), 2 + others)
        self.assertIsNone(self.tile(self.advisor, "certificates"))
        self.assertEqual(self.tile(self.advisor, "certificates_mine"), 1)
        self.take(self.advisor, NOON)
        self.assertEqual(self.tile(self.manager, "certificates"), 1 + others)
        self.assertEqual(self.tile(self.advisor, "certificates_mine"), 0)
        self.assertEqual(self.tile(self.care_manager, "certificates", "followup"), 0)
        self.required.role = "caller"
        callers = self.tile(self.care_manager, "certificates", "followup")
        self.assertGreaterEqual(callers, 2)
        self.assertEqual(self.tile(self.caller, "certificates_mine", "followup"), 1)
        self.assertEqual(self.tile(self.manager, "certificates"), 0)

    def test_the_months_sheet_says_what_the_person_holds(self):
        sheet = self.env["dealer.staff.sheet"]._create_by_method(
            [
                {
                    "company_id": self.company.id,
                    "role": "advisor",
                    "user_id": self.advisor.id,
                    "date_from": date(2026, 2, 1),
                    "date_to": date(2026, 2, 28),
                }
            ]
        )
        title = self.exam.title
        for moment, words in (
            (None, f"{title}: not held"),
            ("2024-01-10 04:00:00", f"{title}: expired on 2025-01-10"),
            ("2026-01-10 04:00:00", f"{title}: valid until 2027-01-10"),
        ):
            if moment:
                self.take(self.advisor, moment)
            self.env.invalidate_all()
            for user in (self.advisor, self.manager):
                with self.subTest(moment=moment, user=user.login):
                    self.assertEqual(sheet.with_user(user).certificates, words)
        self.exam.dealer_valid_months = 0
        self.env.invalidate_all()
        self.assertEqual(sheet.certificates, f"{title}: passed on 2026-01-10")
        self.required.active = False
        self.env.invalidate_all()
        self.assertFalse(sheet.certificates)
