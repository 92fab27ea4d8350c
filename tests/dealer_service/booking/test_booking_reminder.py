"""Each reminder is sent exactly once, to whom it concerns, in his language."""

from ast import literal_eval
from datetime import timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import UserError
from odoo.tests import users

from .booking_common import BookingCase, shanghai

BY_PHONE = "dealer_service.mail_activity_type_reminder"


class TestReminder(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "wang@example.com"

    def setUp(self):
        super().setUp()
        self.visit = self.book(shanghai(4, 10), advisor_id=self.advisor.id)

    def remind(self, moment):
        """Run the cron at ``moment``; return the mails to customers it has queued."""
        mails = self.env["mail.mail"].sudo()
        before = mails.search([])
        with freeze_time(moment), self.enter_registry_test_mode():
            self.company.env.ref(
                "dealer_service.ir_cron_dealer_service_remind"
            ).method_direct_trigger()
        return (mails.search([]) - before).filtered(
            lambda mail: not mail.recipient_ids.user_ids
        )

    def test_reminded_the_day_before_and_an_hour_before_and_once_each(self):
        self.assertFalse(self.remind(shanghai(3, 9, 59)))
        mail = self.remind(shanghai(3, 10))
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertEqual((mail.model, mail.res_id), ("dealer.reception", self.visit.id))
        self.assertIn("10:00", mail.body_html)
        self.assertFalse(self.remind(shanghai(3, 10, 5)))
        self.assertEqual(len(self.remind(shanghai(4, 9))), 1)
        self.assertFalse(self.remind(shanghai(4, 9, 5)))
        self.assertEqual(self.visit.date_reminded_day, shanghai(3, 10))
        self.assertEqual(self.visit.date_reminded_hour, shanghai(4, 9))

    def test_reminder_held_up_is_not_sent_twice(self):
        self.assertEqual(len(self.remind(shanghai(4, 9, 30))), 1)
        self.assertFalse(self.remind(shanghai(4, 9, 40)))

    def test_reminders_that_fail_stand_in_nobodys_way(self):
        second = self.book(shanghai(4, 11))
        Reception = self.registry["dealer.reception"]
        remind, cron = Reception._remind_by_message, Reception._cron_remind

        def fail_for_first(visit, *args):
            if visit == self.visit:
                raise ValueError("broken")
            return remind(visit, *args)

        self.patch(Reception, "_remind_by_message", fail_for_first)
        self.patch(Reception, "_cron_remind", lambda model: cron(model, batch_size=1))
        with self.assertLogs("odoo.addons.dealer_service", "ERROR") as logs:
            self.remind(shanghai(3, 11))
        self.assertEqual(second.date_reminded_day, shanghai(3, 11))
        self.assertFalse(self.visit.date_reminded_day)
        self.assertEqual(len(logs.output), 1)

    def test_past_and_cancelled_appointments_are_left_alone(self):
        self.assertFalse(self.remind(shanghai(4, 10, 1)))
        self.visit.action_cancel()
        self.assertFalse(self.remind(shanghai(3, 10)))

    def test_moved_appointment_is_reminded_of_again(self):
        self.remind(shanghai(3, 10))
        with freeze_time(shanghai(3, 11)):
            self.visit.date_appointment = shanghai(6, 14)
        self.assertFalse(self.visit.date_reminded_day)
        self.assertFalse(self.remind(shanghai(4, 10)))
        mail = self.remind(shanghai(5, 14))
        self.assertIn("14:00", mail.body_html)

    def test_booked_for_tomorrow_is_not_reminded_at_once(self):
        late = self.book(shanghai(2, 16))
        self.assertFalse(late.date_remind_day)
        self.assertEqual(late.date_remind_hour, shanghai(2, 15))

    def test_settings_of_the_company_decide(self):
        self.company.write(
            {"dealer_reminder_day_before": False, "dealer_reminder_hours_before": 3.0}
        )
        self.assertFalse(self.remind(shanghai(3, 10)))
        self.assertEqual(len(self.remind(shanghai(4, 7))), 1)
        self.company.dealer_reminder_hours_before = 0
        self.visit.date_appointment = shanghai(5, 10)
        self.assertFalse(self.remind(shanghai(5, 9, 55)))

    def test_template_of_the_company_is_used(self):
        self.company.dealer_reminder_day_template_id = self.env.ref(
            "dealer_service.mail_template_reminder_day"
        ).copy({"subject": "Our own words"})
        self.assertEqual(self.remind(shanghai(3, 10)).subject, "Our own words")

    def test_mail_speaks_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("dealer_service.mail_template_reminder_day")
        template.with_context(lang="zh_CN").subject = "预约提醒"
        self.customer.lang = "zh_CN"
        self.assertEqual(self.remind(shanghai(3, 10)).subject, "预约提醒")

    def test_bringer_is_reminded_rather_than_the_payer(self):
        driver = self.make_partner(name="司机", email="driver@example.com")
        self.visit.contact_id = driver
        self.assertEqual(self.remind(shanghai(3, 10)).recipient_ids, driver)

    def test_call_that_is_not_needed_any_more_is_taken_back(self):
        self.customer.email = False
        self.remind(shanghai(3, 10))
        with freeze_time(shanghai(3, 11)):
            self.visit.with_user(self.advisor2).date_appointment = shanghai(6, 14)
            self.assertFalse(self.visit.activity_search([BY_PHONE]))
        self.remind(shanghai(5, 14))
        self.assertIn("14:00", self.visit.activity_search([BY_PHONE]).note)
        self.visit.with_user(self.advisor2).action_cancel()
        self.assertFalse(self.visit.activity_search([BY_PHONE]))

    def test_advisor_is_asked_in_his_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.advisor.lang = "zh_CN"
        self.customer.email = False
        self.remind(shanghai(3, 10))
        activity = self.visit.activity_search([BY_PHONE])
        self.assertNotIn("phone", activity.summary)
        self.assertNotIn("Appointment", activity.note)

    def test_customer_without_mail_is_called(self):
        self.customer.email = False
        self.assertFalse(self.remind(shanghai(3, 10)))
        activity = self.visit.activity_search([BY_PHONE])
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.advisor)
        self.remind(shanghai(3, 10, 5))
        self.assertEqual(len(self.visit.activity_search([BY_PHONE])), 1)

    def test_without_an_account_for_sms_somebody_phones(self):
        self.customer.write({"email": False, "phone": "+86 138 0553 1234"})
        self.company.dealer_reminder_sms = True
        self.remind(shanghai(3, 10))
        self.assertEqual(len(self.visit.activity_search([BY_PHONE])), 1)

    def test_sms_is_sent_when_odoo_can_and_the_company_wants(self):
        if "sms.sms" not in self.env:
            self.skipTest("Odoo's SMS is not installed")
        self.customer.write({"email": False, "phone": "+86 138 0553 1234"})
        self.open_text_account()
        self.company.dealer_reminder_sms = True
        self.company.dealer_reminder_sms_text = "{shop}: {plate} {time}"
        self.remind(shanghai(3, 10))
        sms = self.env["sms.sms"].sudo().search([("partner_id", "=", self.customer.id)])
        self.assertEqual(len(sms), 1)
        self.assertIn(self.visit.vehicle_id.license_plate, sms.body)
        self.assertIn("10:00", sms.body)
        self.assertFalse(self.visit.activity_search([BY_PHONE]))

    def test_broken_reminder_does_not_stop_the_next_and_is_tried_again(self):
        second = self.book(shanghai(4, 10), advisor_id=self.advisor2.id)
        template = self.env.registry["mail.template"]
        original = template.send_mail
        broken = self.visit.id

        def send_mail(records, res_id, **kwargs):
            if res_id == broken:
                raise ValueError("broken")
            return original(records, res_id, **kwargs)

        self.patch(template, "send_mail", send_mail)
        with self.assertLogs("odoo.addons.dealer_service", "ERROR"):
            mail = self.remind(shanghai(3, 10))
        self.assertEqual(mail.res_id, second.id)
        self.assertFalse(self.visit.date_reminded_day)
        self.patch(template, "send_mail", original)
        self.assertEqual(self.remind(shanghai(3, 10, 5)).res_id, broken)

    def test_reminder_that_stays_broken_becomes_a_call(self):
        def send_mail(records, res_id, **kwargs):
            raise ValueError("broken")

        self.patch(self.env.registry["mail.template"], "send_mail", send_mail)
        with self.assertLogs("odoo.addons.dealer_service", "ERROR"):
            self.remind(shanghai(3, 10, 29))
        self.assertFalse(self.visit.activity_search([BY_PHONE]))
        with self.assertLogs("odoo.addons.dealer_service", "WARNING"):
            self.remind(shanghai(3, 10, 30))
        self.assertEqual(len(self.visit.activity_search([BY_PHONE])), 1)
        self.assertEqual(self.visit.date_reminded_day, shanghai(3, 10, 30))
        self.assertEqual(len(self.visit.activity_ids), 1)

    @users("advisor")
    def test_standard_of_the_reminder_is_ticked_by_sending(self):
        self.remind(shanghai(3, 10))
        standard = self.env.ref("dealer_service.dealer_service_standard_reminder")
        check = self.visit.check_ids.filtered(lambda c: c.standard_id == standard)
        self.assertTrue(check.is_done)


class TestPreparation(BookingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bay = cls.make_resource("工位1", "bay")

    @users("advisor")
    def test_recording_the_preparation_ticks_its_standards(self):
        visit = self.book(shanghai(3, 9), env=self.env)
        visit.write(
            {
                "is_parts_checked": True,
                "prepared_bay_id": self.bay.id,
                "prepared_technician_id": self.technicians[0].id,
            }
        )
        done = visit.check_ids.filtered("is_done").standard_id
        for name in ("parts", "bay_technician"):
            self.assertIn(
                self.env.ref(f"dealer_service.dealer_service_standard_{name}"), done
            )
        visit.action_prepare()
        self.assertEqual(visit.state, "prepared")

    @users("advisor")
    def test_bay_is_reserved_for_one_car_at_a_time(self):
        first = self.book(shanghai(3, 9), env=self.env, planned_hours=2.0)
        first.prepared_bay_id = self.bay
        second = self.book(shanghai(3, 10), env=self.env)
        with self.assertRaisesRegex(UserError, first.name):
            second.prepared_bay_id = self.bay
        third = self.book(shanghai(3, 11), env=self.env)
        third.prepared_bay_id = self.bay

    @users("advisor")
    def test_moved_or_cancelled_visit_gives_its_bay_back(self):
        first = self.book(shanghai(3, 9), env=self.env)
        first.prepared_bay_id = self.bay
        first.date_appointment = shanghai(3, 9, 30)
        self.assertFalse(first.prepared_bay_id)
        first.prepared_bay_id = self.bay
        first.action_cancel()
        second = self.book(shanghai(3, 9, 30), env=self.env)
        second.prepared_bay_id = self.bay

    @users("advisor")
    def test_visit_that_keeps_its_time_keeps_its_bay_among_those_that_move(self):
        kept = self.book(shanghai(3, 9), env=self.env)
        kept.write(
            {
                "prepared_bay_id": self.bay.id,
                "prepared_technician_id": self.technicians[0].id,
            }
        )
        moved = self.book(shanghai(3, 10), env=self.env)
        moved.prepared_technician_id = self.technicians[1]
        (kept | moved).write({"date_appointment": shanghai(3, 9)})
        self.assertEqual(kept.prepared_bay_id, self.bay)
        self.assertEqual(kept.prepared_technician_id, self.technicians[0])
        self.assertFalse(moved.prepared_technician_id)

    @users("advisor")
    def test_bay_named_with_the_new_time_is_the_new_one(self):
        visit = self.book(shanghai(3, 9), env=self.env)
        visit.write(
            {
                "prepared_bay_id": self.bay.id,
                "prepared_technician_id": self.technicians[0].id,
            }
        )
        visit.write(
            {"date_appointment": shanghai(3, 10), "prepared_bay_id": self.bay.id}
        )
        self.assertEqual(visit.prepared_bay_id, self.bay)
        self.assertFalse(visit.prepared_technician_id)

    def test_history_shows_the_last_visits_of_the_car(self):
        old = [
            self.make_reception(
                state="arrived", date_arrived=shanghai(2, 8) - timedelta(days=days)
            )
            for days in range(1, 8)
        ]
        visit = self.make_reception(date_appointment=shanghai(3, 9))
        self.assertEqual(visit.previous_visit_ids.ids, [v.id for v in old[:5]])

    def test_to_prepare_lists_the_bookings_of_today_and_tomorrow(self):
        today = self.book(shanghai(2, 16))
        tomorrow = self.book(shanghai(3, 9))
        self.book(shanghai(4, 9))
        prepared = self.book(shanghai(3, 10))
        prepared.is_parts_checked = True
        prepared.action_prepare()
        view = self.env.ref("dealer_service.dealer_reception_view_search_booking")
        domain = view_filter_domain(view, "to_prepare_tomorrow")
        found = self.Reception.with_user(self.advisor).search(domain)
        self.assertEqual(found, today | tomorrow)


def view_filter_domain(view, name):
    """The domain of a filter of a search view."""
    node = etree.fromstring(view.arch).find(f".//filter[@name='{name}']")
    return literal_eval(node.get("domain"))
