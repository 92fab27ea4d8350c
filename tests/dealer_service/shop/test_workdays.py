"""Make-up workdays and holidays: one truth for bookings, promises, jobs and calls."""

import doctest
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.dealer_service.tools import holiday_notice
from odoo.addons.dealer_service.tools.holiday_notice import NoticeError, read_notice

from ..booking.booking_common import BookingCase, shanghai

#: The list of the notice for 2026, as it was published.
NOTICE = """关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"""
#: Notices of former years, with what they say: so many days off, so many at work.
FORMER_NOTICES = (
    (
        "关于2024年部分节假日安排的通知 一、元旦：1月1日放假，与周末连休。"
        "二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。"
        "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。",
        9,
        2,
    ),
    (
        "关于2019年部分节假日安排的通知 一、元旦：2018年12月30日至2019年1月1日"
        "放假调休，共3天。2018年12月29日（星期六）上班。",
        3,
        1,
    ),
    (
        "关于2025年部分节假日安排的通知 一、元旦：1月1日（周三）放假1天，不调休。"
        "二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。"
        "1月26日（周日）、2月8日（周六）上班。",
        9,
        2,
    ),
)
#: Saturday of the first week, closed by the usual hours.
SATURDAY = date(2026, 3, 7)


def test_doctests():
    assert not doctest.testmod(holiday_notice).failed


class TestWorkdays(BookingCase):
    def opening(self, company=None):
        """What is open on that Saturday."""
        return list(
            (company or self.company)._dealer_opening(shanghai(7, 0), shanghai(8, 0))
        )

    def make_day(self, **values):
        return self.env["dealer.workday"].create({"date": SATURDAY, **values})

    # ------------------------------------------------------------------
    # ONE TRUTH
    # ------------------------------------------------------------------

    def test_make_up_day_is_opened_like_its_weekday(self):
        self.assertEqual(self.opening(), [])
        self.make_day()
        self.assertEqual(
            self.opening(),
            [(shanghai(7, 9), shanghai(7, 12)), (shanghai(7, 13), shanghai(7, 17))],
        )

    def test_shop_chooses_the_hours_of_its_make_up_day(self):
        self.make_day(hour_from=10, hour_to=15.5)
        self.assertEqual(self.opening(), [(shanghai(7, 10), shanghai(7, 15, 30))])

    def test_hours_of_a_make_up_day_go_before_the_usual_ones(self):
        self.calendar.attendance_ids.create(
            {
                "calendar_id": self.calendar.id,
                "name": "Saturday",
                "dayofweek": "5",
                "hour_from": 8,
                "hour_to": 20,
                "day_period": "morning",
            }
        )
        self.assertEqual(self.opening(), [(shanghai(7, 8), shanghai(7, 20))])
        self.make_day(hour_from=10, hour_to=12)
        self.assertEqual(self.opening(), [(shanghai(7, 10), shanghai(7, 12))])

    def test_closing_on_a_make_up_day_closes(self):
        self.make_day()
        self.make_leave(shanghai(7, 12), shanghai(7, 23, 59))
        self.assertEqual(self.opening(), [(shanghai(7, 9), shanghai(7, 12))])

    def test_customers_book_on_a_make_up_day(self):
        with self.assertRaises(UserError):
            self.book(shanghai(7, 10))
        self.make_day()
        visit = self.book(shanghai(7, 10))
        self.assertEqual(visit.date_appointment, shanghai(7, 10))

    def test_customers_are_reminded_of_a_make_up_day(self):
        self.make_day()
        self.company.dealer_reminder_day_before = True
        with freeze_time(shanghai(5, 9)):
            visit = self.book(shanghai(7, 10))
        self.assertEqual(visit.date_remind_day, shanghai(6, 10))

    def test_technicians_are_there_on_a_make_up_day(self):
        own = self.make_calendar("Asia/Shanghai", opening=((8, 16),), days=range(5))
        apprentice = self.make_resource("学徒", "technician", calendar_id=own.id)
        staff = {own.id: apprentice.ids, self.calendar.id: self.technicians.ids}
        span = shanghai(7, 0), shanghai(8, 0)
        self.make_day()
        there = self.company._dealer_at_work(staff, *span)
        self.assertEqual(there[self.technicians[0].id], self.opening())
        self.assertEqual(
            there[apprentice.id],
            [(shanghai(7, 9), shanghai(7, 12)), (shanghai(7, 13), shanghai(7, 16))],
        )

    def test_job_over_friday_night_goes_on_on_the_make_up_day(self):
        visit = self.make_reception(state="arrived")
        job = self.make_job(visit, date_planned_start=shanghai(6, 16), planned_hours=2)
        self.assertEqual(job.date_planned_end, shanghai(9, 10), "Monday")
        self.make_day()
        job.planned_hours = 3
        self.assertEqual(job.date_planned_end, shanghai(7, 11))

    def test_day_of_one_shop_opens_no_other(self):
        other = self.env["res.company"].create(
            {"name": "另一家店", "dealer_calendar_id": False}
        )
        other.dealer_calendar_id = self.make_calendar("Asia/Shanghai").copy(
            {"company_id": other.id}
        )
        self.make_day()
        self.assertEqual(self.opening(other), [])
        self.make_day(company_id=False)
        self.assertEqual(len(self.opening(other)), 2)

    def test_row_of_the_shop_goes_before_that_of_the_group(self):
        self.make_day(company_id=False, hour_from=8, hour_to=20)
        self.make_day(hour_from=10, hour_to=11)
        self.assertEqual(self.opening(), [(shanghai(7, 10), shanghai(7, 11))])

    def test_hours_that_make_no_sense_are_refused(self):
        for hours in ((10, 9), (9, 25), (-1, 5), (5, 0)):
            with self.subTest(hours), self.assertRaises(ValidationError):
                self.make_day(hour_from=hours[0], hour_to=hours[1])

    # ------------------------------------------------------------------
    # HOLIDAYS BY THEMSELVES
    # ------------------------------------------------------------------

    def test_holidays_begin_at_midnight_of_the_shop(self):
        """Not of the hours that Odoo gave the company at its birth."""
        self.company.resource_calendar_id.tz = "UTC"
        self.env["dealer.workday"]._fill_public_holidays([2026])
        leave = self.env["resource.calendar.leaves"].search(
            [("company_id", "=", self.company.id), ("name", "=", "National Day")]
        )
        self.assertEqual(leave.mapped("date_from"), [shanghai(1, 0, month=10)])

    def test_published_years_are_entered_by_themselves_and_once(self):
        days = self.env["dealer.workday"]
        days._cron_fill()
        mine = [("company_id", "=", self.company.id)]
        first = days.search(mine)
        self.assertIn(date(2026, 2, 14), first.mapped("date"))
        self.assertEqual(self.company.dealer_holidays_until, 2026)
        first[0].unlink()
        days._cron_fill()
        self.assertEqual(days.search(mine), first.exists(), "deleted stays deleted")

    def test_shop_in_another_zone_gets_no_holidays_of_china(self):
        self.calendar.tz = "UTC"
        self.env["dealer.workday"]._cron_fill()
        self.assertFalse(
            self.env["dealer.workday"].search([("company_id", "=", self.company.id)])
        )

    def test_managers_are_asked_for_the_next_year_from_november_on(self):
        manager = self.make_user("manager_of_days", "manager")
        tasks = self.company.partner_id.activity_ids
        with freeze_time(shanghai(31, 12, month=10)):
            self.env["dealer.workday"]._cron_fill()
        self.assertEqual(self.company.partner_id.activity_ids, tasks)
        for _night in range(2):
            with freeze_time(shanghai(1, 12, month=11)):
                self.env["dealer.workday"]._cron_fill()
        asked = (self.company.partner_id.activity_ids - tasks).filtered(
            lambda activity: activity.user_id == manager
        )
        self.assertEqual(len(asked), 1, "once")
        self.assertIn("2027", asked.summary)
        self.company._dealer_holidays_known(2027)
        self.assertFalse(asked.exists().filtered("active"))

    # ------------------------------------------------------------------
    # THE NOTICE
    # ------------------------------------------------------------------

    def test_pasted_notice_is_what_the_library_knows(self):
        holidays, workdays = read_notice(NOTICE)
        names, days = self.env["dealer.workday"]._published([2026])[2026]
        self.assertEqual(set(holidays), set(names))
        self.assertEqual(workdays, days)

    def test_notices_of_other_years_are_read(self):
        for text, off, at_work in FORMER_NOTICES:
            with self.subTest(text[:12]):
                holidays, workdays = read_notice(text)
                self.assertEqual((len(holidays), len(workdays)), (off, at_work))

    def test_manager_pastes_the_notice(self):
        manager = self.make_user("manager_of_days", "manager")
        dialog = self.env["dealer.holiday.notice"].with_user(manager)
        dialog.create({"text": NOTICE}).action_enter()
        dialog.create({"text": NOTICE}).action_enter()
        days = self.env["dealer.workday"].search([("company_id", "=", self.company.id)])
        self.assertEqual(len(days), 6)
        self.assertEqual(self.company.dealer_holidays_until, 2026)
        friday, wednesday = shanghai(1, 0, month=5), shanghai(6, 0, month=5)
        self.assertEqual(
            list(self.company._dealer_opening(friday, wednesday)), [], "Labour Day"
        )

    def test_notice_that_cannot_be_right_enters_nothing(self):
        dialog = self.env["dealer.holiday.notice"]
        good, wrong_day = (
            "一、元旦：1月1日（周四）放假1天。",
            "二、清明节：4月4日（周五）放假1天。",
        )
        for text in (
            good + wrong_day,
            "一、元旦：1月1日至3日放假，共4天。",
            "祝大家新年快乐",
        ):
            with self.subTest(text), self.assertRaises(UserError):
                dialog.create({"text": text, "year": 2026}).action_enter()
        self.assertFalse(
            self.env["dealer.workday"].search([("company_id", "=", self.company.id)])
        )

    def test_holiday_over_the_new_year_is_read(self):
        text = "一、元旦：2027年12月31日（周五）至2028年1月2日（周日）放假，共3天。"
        holidays, _workdays = read_notice(text)
        self.assertEqual(min(holidays), date(2027, 12, 31))
        self.assertEqual(max(holidays) - min(holidays), timedelta(days=2))
        with self.assertRaises(NoticeError):
            read_notice("一、元旦：1月1日放假")

    def test_advisor_enters_no_days(self):
        for model, vals in (
            ("dealer.workday", {"date": SATURDAY}),
            ("dealer.holiday.notice", {"text": NOTICE}),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.advisor).create(vals)

    def test_days_of_another_shop_are_not_seen(self):
        other = self.env["res.company"].create({"name": "另一家店"})
        theirs = self.make_day(company_id=other.id)
        manager = self.make_user("manager_of_days", "manager")
        self.assertNotIn(theirs, theirs.with_user(manager).search([]))
        with self.assertRaises(AccessError):
            theirs.with_user(manager).write({"weekday": "2"})
