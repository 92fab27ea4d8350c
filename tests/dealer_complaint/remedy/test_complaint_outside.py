"""Reports to the factory and cases outside, each with its own clock."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import users

from ...complaint_common import DealerComplaintCase, cn


class TestComplaintOutside(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint(
                vehicle_id=cls.vehicle.id, description="It stalls"
            )

    def open_draft(self):
        action = self.complaint.with_env(self.env).action_report_to_manufacturer()
        return self.env[action["res_model"]].browse(action["res_id"])

    def clocks(self, metric):
        return self.complaint.timer_ids.filtered(lambda t: t.metric == metric)

    # ------------------------------------------------------------------
    # THE FACTORY
    # ------------------------------------------------------------------

    @users("handler")
    def test_report_is_prepared_once_with_what_is_known(self):
        report = self.open_draft()
        self.assertEqual(report.name, self.complaint.subject)
        self.assertIn("It stalls", report.description)
        self.assertIn("Tiggo 8", report.description)
        self.assertEqual(report.model_id, self.model)
        self.assertEqual(self.open_draft(), report)

    @users("handler")
    def test_report_says_to_whom_before_it_is_sent(self):
        report = self.open_draft()
        with self.assertRaises(UserError):
            report.action_send()
        report.contact = "Region East"
        report.action_send()
        with self.assertRaises(UserError):
            report.action_send()
        with self.assertRaises(UserError):
            report.unlink()

    @users("handler")
    def test_answer_is_due_three_working_days_after_sending(self):
        report = self.open_draft()
        report.contact = "Region East"
        with freeze_time(cn(5, 9)):  # a Thursday; the factory rests at the weekend
            report.action_send()
        self.assertEqual(report.date_due, cn(10, 17, 30))
        self.assertEqual(len(self.clocks("manufacturer")), 1)
        with freeze_time(cn(10, 17, 31)):
            report.invalidate_recordset()
            self.assertTrue(report.is_late)
            with self.assertRaises(UserError):
                report.action_answered()
            report.answer = "Known, software next week"
            report.action_answered()
        self.assertEqual(self.clocks("manufacturer").state, "missed")
        self.assertEqual(report.date_answer, cn(10, 17, 31))

    @users("handler")
    def test_two_reports_have_two_clocks(self):
        for contact in ("Region East", "Parts"):
            report = self.env["dealer.manufacturer.report"].create(
                {
                    "name": contact,
                    "complaint_id": self.complaint.id,
                    "description": "x",
                    "contact": contact,
                }
            )
            report.action_send()
        report.action_cancel()
        self.assertEqual(
            sorted(self.clocks("manufacturer").mapped("state")),
            ["cancelled", "running"],
        )

    @users("handler")
    def test_dates_of_a_report_are_stamped_not_written(self):
        report = self.open_draft().with_context(dealer_manufacturer_report_method=True)
        for vals in ({"state": "answered"}, {"date_sent": cn(2, 9)}):
            with self.assertRaises(UserError):
                report.write(vals)

    @users("handler")
    def test_what_was_sent_to_the_factory_is_not_rewritten(self):
        report = self.open_draft()
        report.contact = "Region East"
        report.action_send()
        sent = {
            "name": "Another subject",
            "description": "It never stalled",
            "request": "Nothing",
            "recipient_id": self.customer.id,
            "contact": "Region West",
            "channel": "letter",
            "user_id": self.colleague.id,
        }
        for name, value in sent.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "as it was sent"),
            ):
                report.write({name: value})
        # the same again is no change
        report.write({"contact": "Region East"})

    @users("handler")
    def test_number_of_the_factory_comes_later_and_then_stands(self):
        report = self.open_draft()
        report.contact = "Region East"
        report.action_send()
        report.reference = "F-1"
        with self.assertRaisesRegex(UserError, "as it was sent"):
            report.reference = "F-2"

    @users("handler")
    def test_answer_of_the_factory_is_not_rewritten(self):
        report = self.open_draft()
        report.contact = "Region East"
        report.action_send()
        report.answer = "Known"
        report.answer = "Known, software next week"
        report.action_answered()
        with self.assertRaisesRegex(UserError, "as it was received"):
            report.answer = "Unknown"

    # ------------------------------------------------------------------
    # CASES OUTSIDE
    # ------------------------------------------------------------------

    def make_case(self, **values):
        return self.env["dealer.external.case"].create(
            {
                "complaint_id": self.complaint.id,
                "body": "12315",
                "number": "AH-2026-1",
                "date_received": cn(2, 10),
                **values,
            }
        )

    @users("handler")
    def test_12315_has_7_working_days_and_45_after_acceptance(self):
        with freeze_time(cn(2, 10)):
            case = self.make_case()
        # from Monday the 2nd, weekends off: Wednesday of the next week
        self.assertEqual(case.date_due, cn(11, 17, 30))
        with freeze_time(cn(11, 17, 30)):
            case.action_accept()
        self.assertEqual(case.date_accepted, cn(11, 17, 30))
        accepted, mediation = self.clocks("external").sorted("id")
        self.assertEqual(accepted.state, "met")
        self.assertEqual((mediation.amount, mediation.unit), (45, "working_days"))
        # 9 weeks; 6 April, 1, 4 and 5 May are off, Saturday 9 May is worked
        self.assertEqual(case.date_due, cn(date(2026, 5, 18), 17, 30))
        with freeze_time(cn(12, 9)):
            case.action_settle()
        self.assertEqual(mediation.state, "met")
        self.assertFalse(case.date_due)

    @users("handler")
    def test_days_of_a_case_stay_when_the_complaint_is_graded_anew(self):
        case = self.make_case(accept_days=5)
        due = case.date_due
        self.assertEqual(due, cn(9, 17, 30))
        self.complaint.sudo()._after_classify()
        self.assertEqual(case.date_due, due)
        case.with_user(self.officer).accept_days = 7
        self.assertEqual(case.date_due, cn(11, 17, 30))

    @users("handler")
    def test_handler_gives_himself_no_longer_term(self):
        """What the authority reckons from is corrected by somebody else, visibly."""
        case = self.make_case(accept_days=5)
        for values in (
            {"accept_days": 365},
            {"mediation_days": 365},
            {"date_received": cn(2, 11)},
            {"body": "media"},
        ):
            with self.subTest(values), self.assertRaisesRegex(AccessError, "measure"):
                case.write(values)
        due = case.date_due
        case.write({"accept_days": 5, "number": "AH-2026-2"})
        self.assertEqual(case.date_due, due)
        case.with_user(self.officer).accept_days = 7
        for name in ("accept_days", "mediation_days", "date_received", "body"):
            self.assertTrue(case._fields[name].tracking, name)

    @users("handler")
    def test_holidays_do_not_count_as_working_days(self):
        # the resource calendar belongs to the personnel department
        self.calendar.sudo().env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                # of the country, not a closing of this shop
                "calendar_id": False,
                "date_from": cn(4, 0),
                "date_to": cn(5, 23, 59, 59),
            }
        )
        self.assertEqual(self.make_case().date_due, cn(13, 17, 30))

    @users("handler")
    def test_case_outside_raises_the_grade_and_keeps_it_open(self):
        case = self.make_case()
        self.assertEqual(self.complaint.grade, "major")
        self.assertIn(case.display_name, " ".join(self.complaint._closing_gaps()))
        case.action_withdraw()
        self.assertNotIn(case.display_name, " ".join(self.complaint._closing_gaps()))

    @users("handler")
    def test_media_have_no_period_and_an_answer_needs_words(self):
        case = self.make_case(body="media")
        self.assertFalse(case.date_due)
        with self.assertRaises(UserError):
            case.action_reply()
        case.reply = "We have agreed"
        case.action_reply()
        self.assertTrue(case.date_replied)
        with self.assertRaises(UserError):
            case.write({"state": "settled"})
        with self.assertRaises(UserError):
            case.sudo().unlink()

    @users("handler")
    def test_answer_to_an_authority_is_dated_by_its_button_once(self):
        case = self.make_case(reply="We have agreed")
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            case.date_replied = cn(2, 11)
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            self.make_case(number="AH-2026-2", date_replied=cn(2, 11))
        with freeze_time(cn(5, 9)):
            case.action_reply()
        with freeze_time(cn(6, 9)), self.assertRaisesRegex(UserError, "is already"):
            case.action_reply()
        self.assertEqual(case.date_replied, cn(5, 9))
        for words in ("We have not", False):
            with self.assertRaisesRegex(UserError, "handed in on"):
                case.reply = words
        self.assertEqual(case.reply, "We have agreed")

    # ------------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------------

    @users("handler")
    def test_case_and_report_are_given_to_who_handles_complaints(self):
        advisor = self.make_user("outsider", "user")
        case, report = self.make_case(), self.open_draft()
        for record in (case, report):
            with self.subTest(record._name):
                with self.assertRaisesRegex(ValidationError, "handles no complaints"):
                    record.user_id = advisor
                with self.assertRaisesRegex(ValidationError, "handles no complaints"):
                    record.create(
                        {
                            "complaint_id": self.complaint.id,
                            "user_id": advisor.id,
                            **({"name": "x"} if record == report else {}),
                        }
                    )
                record.user_id = self.colleague

    @users("officer")
    def test_report_of_who_left_the_desk_is_by_who_makes_it(self):
        self.handler.sudo().group_ids -= self.env.ref(
            "dealer_complaint.group_dealer_complaint_user"
        )
        self.assertEqual(self.open_draft().user_id, self.officer)

    def test_case_and_report_go_on_with_the_complaint_that_goes_on(self):
        with freeze_time(cn(2, 10)):
            merged, target = self.make_complaint(), self.make_complaint()
            case = self.make_case(complaint_id=merged.id)
            report = self.env["dealer.manufacturer.report"].create(
                {
                    "name": "Stalls",
                    "complaint_id": merged.id,
                    "description": "It stalls",
                    "contact": "Region East",
                }
            )
            report.action_send()
            due = case.date_due, report.date_due
        with freeze_time(cn(3, 9)):
            merged.with_user(self.officer).action_merge(target.id)
            self.assertEqual(case.complaint_id, target)
            self.assertEqual(report.complaint_id, target)
            self.assertEqual((case.date_due, report.date_due), due)
            # what was missed of the merged one stays so
            first = self.timer(merged)
            self.assertEqual((first.metric, first.state), ("contact", "missed"))
            self.assertEqual(
                set((merged.timer_ids - first).mapped("state")), {"cancelled"}
            )
            self.assertEqual(target.grade, "major")
            case.action_accept()
            self.assertEqual(self.timer(target, "external").state, "running")
            self.assertFalse(merged._sla_active())

    def test_case_entered_on_the_wrong_complaint_takes_its_clock_along(self):
        with freeze_time(cn(2, 10)):
            wrong, right = self.make_complaint(), self.make_complaint()
            case = self.make_case(complaint_id=wrong.id)
            case.with_user(self.officer).complaint_id = right
            self.assertFalse(wrong._sla_active(["external"]))
            case.action_decline()
            self.assertEqual(self.timer(right, "external").state, "met")

    def test_handler_does_not_move_a_case_or_report_to_another_complaint(self):
        with freeze_time(cn(2, 10)):
            mine, other = self.make_complaint(), self.make_complaint()
            case = self.make_case(complaint_id=mine.id)
            report = self.env["dealer.manufacturer.report"].create(
                {"name": "It stalls", "complaint_id": mine.id}
            )
        for record, name in ((case, "case_ids"), (report, "report_ids")):
            with self.assertRaises(AccessError):
                record.with_user(self.handler).complaint_id = other
            with self.assertRaises(AccessError):
                other.with_user(self.handler).write({name: [Command.link(record.id)]})
            self.assertEqual(record.complaint_id, mine)

    def test_complaint_with_an_open_case_is_not_cancelled(self):
        complaint = self.make_complaint()
        case = self.make_case(complaint_id=complaint.id)
        with self.assertRaisesRegex(UserError, "is still open"):
            complaint.action_cancel()
        case.action_withdraw()
        complaint.action_cancel()
        self.assertEqual(complaint.state, "cancelled")

    @users("handler")
    def test_reports_and_cases_of_others_and_other_companies_are_hidden(self):
        other = self.policy.env["res.company"].create({"name": "Other shop"})
        theirs = self.make_complaint(user_id=self.colleague.id)
        foreign = self.make_complaint(company_id=other.id, user_id=False)
        for complaint in (theirs, foreign):
            for model, vals in (
                ("dealer.manufacturer.report", {"name": "x"}),
                ("dealer.external.case", {}),
            ):
                record = complaint.env[model].create(
                    {"complaint_id": complaint.id, **vals}
                )
                with self.subTest(model), self.assertRaises(AccessError):
                    record.with_env(self.env).read(["complaint_id"])
                if complaint == foreign:
                    with self.subTest(model), self.assertRaises(AccessError):
                        record.with_user(self.officer).read(["complaint_id"])
                else:
                    record.with_user(self.officer).read(["complaint_id"])
