"""The periods of an authority are dated rows; the day of our answer is our own."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import users

from ...complaint_common import DealerComplaintCase, cn


class TestAuthority(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint(vehicle_id=cls.vehicle.id)

    def make_case(self, user=None, **values):
        cases = self.env["dealer.external.case"].with_user(user or self.handler)
        return cases.create(
            {
                "complaint_id": self.complaint.id,
                "number": "皖芜12315-1",
                "user_id": self.handler.id,
                "date_received": cn(2, 9),
                **values,
            }
        )

    def todo(self, case):
        kind = self.env.ref("dealer_complaint.mail_activity_type_answer")
        return case.sudo().activity_ids.filtered(lambda a: a.activity_type_id == kind)

    def tile(self, moment):
        with freeze_time(moment):
            tiles = self.env["dealer.home"]._home_tiles("complaint")
            [tile] = [tile for tile in tiles if tile["key"] == "answers"]
            return self.env["dealer.external.case"].search(tile["domain"])

    @freeze_time(cn(4, 9))
    def test_periods_are_those_of_the_day_on_which_the_case_was_filed(self):
        self.env["dealer.authority.term"].create(
            {
                "body": "12315",
                "date_from": date(2026, 3, 3),
                "accept_days": 5,
                "mediation_days": 30,
                "source": "A new law, 2026",
            }
        )
        before = self.make_case()
        after = self.make_case(number="2", date_received=cn(3, 9))
        self.assertEqual((before.accept_days, before.mediation_days), (7, 45))
        self.assertEqual((after.accept_days, after.mediation_days), (5, 30))
        elsewhere = self.make_case(number="3", body="media")
        self.assertEqual((elsewhere.accept_days, elsewhere.mediation_days), (0, 0))

    @freeze_time(cn(2, 9))
    def test_seven_working_days_by_the_calendar_on_the_wall(self):
        case = self.make_case()
        # filed on Monday the 2nd: Tuesday is the first of seven working days
        self.assertEqual(self.company._dealer_day(case.date_due), date(2026, 3, 11))

    @freeze_time(cn(2, 9))
    def test_answer_is_on_the_list_of_whoever_is_responsible_until_it_is_given(self):
        case = self.make_case(date_answer_due=date(2026, 3, 10))
        self.assertEqual(self.todo(case).user_id, self.handler)
        self.assertEqual(self.todo(case).date_deadline, date(2026, 3, 10))
        case.with_user(self.officer).user_id = self.colleague
        self.assertEqual(self.todo(case).user_id, self.colleague)
        case.reply = "已协商退款"
        case.action_reply()
        self.assertFalse(self.todo(case))

    @freeze_time(cn(2, 9))
    def test_ended_case_owes_no_answer(self):
        case = self.make_case(date_answer_due=date(2026, 3, 10))
        case.action_withdraw()
        self.assertFalse(self.todo(case))
        self.assertFalse(self.tile(cn(20, 9)))

    def test_day_that_was_entered_is_corrected_by_somebody_else(self):
        with freeze_time(cn(2, 9)):
            case = self.make_case()
            case.date_answer_due = date(2026, 3, 10)
            with self.assertRaises(AccessError):
                case.date_answer_due = date(2026, 3, 20)
            case.with_user(self.officer).date_answer_due = date(2026, 3, 12)
            self.assertEqual(self.todo(case).date_deadline, date(2026, 3, 12))
            with self.assertRaises(ValidationError):
                case.with_user(self.officer).date_answer_due = date(2026, 3, 1)

    def test_answer_counts_as_late_by_the_day_of_the_shop(self):
        with freeze_time(cn(2, 9)):
            case = self.make_case(date_answer_due=date(2026, 3, 10))
        for moment, is_late in ((cn(10, 23, 59), False), (cn(11, 0, 1), True)):
            with freeze_time(moment):
                self.env.invalidate_all()
                self.assertEqual(case.is_answer_late, is_late)
        with freeze_time(cn(10, 12)):
            case.reply = "已协商退款"
            case.action_reply()
        with freeze_time(cn(20)):
            self.env.invalidate_all()
            self.assertFalse(case.is_answer_late)

    def test_home_shows_what_is_due_within_three_days(self):
        with freeze_time(cn(2, 9)):
            case = self.make_case(date_answer_due=date(2026, 3, 10))
        self.assertFalse(self.tile(cn(7, 20)))
        self.assertEqual(self.tile(cn(8, 0, 30)), case)

    @users("handler")
    def test_periods_are_the_manager_s(self):
        term = self.env.ref("dealer_complaint.authority_term_12315_2020")
        self.assertIn("2019", term.source)
        with self.assertRaises(AccessError):
            term.with_user(self.handler).accept_days = 70


class TestPublishedFigures(DealerComplaintCase):
    def test_every_figure_names_its_source_in_both_languages(self):
        figures = self.env["dealer.published.figure"].search([])
        self.assertEqual(
            set(figures.mapped("code")),
            {
                "new_customer",
                "one_for_twelve",
                "buy_less",
                "people_told",
                "loyalty_profit",
            },
        )
        for figure in figures:
            for name in ("name", "source"):
                self.assertTrue(figure[name])
                self.assertRegex(figure.with_context(lang="zh_CN")[name], "[一-鿿]")

    def test_those_who_are_told_count_once_the_shop_says_how_many_stay_away(self):
        complaint = self.make_complaint()
        alone = complaint.value_at_risk
        self.assertGreater(alone, 0)
        # twelve people are told, one in ten of them stays away
        self.company.dealer_value_told_percent = 10
        self.assertAlmostEqual(complaint.value_at_risk, alone * 2.2, 1)
        told = self.env.ref("dealer_complaint.published_figure_people_told")
        told.write({"value": 20, "value_to": 0})
        self.assertAlmostEqual(complaint.value_at_risk, alone * 3, 1)

    @users("handler")
    def test_figures_stand_beside_the_estimate(self):
        complaint = self.make_complaint().with_user(self.env.user)
        self.assertIn("8 to 16", complaint.value_figures)
