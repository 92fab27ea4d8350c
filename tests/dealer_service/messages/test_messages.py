"""One message: the way, the words, the hour, and what becomes of it."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tools import mute_logger

from .message_case import MessageCase, RecordingApi

NUMBER = "+8613805531234"
#: Ten in the morning and eleven at night in the shop.
DAY, NIGHT = "2026-03-02 02:00:00", "2026-03-02 15:00:00"


class TestMessage(MessageCase):
    @freeze_time(DAY)
    def test_a_customer_with_a_number_is_told_once_the_transaction_is_over(self):
        message = self.tell()
        self.assertEqual(message.state, "waiting")
        self.assertEqual((message.channel, message.address), ("sms", NUMBER))
        self.assertEqual(message.text, "Your car 皖B·A1234 is ready")
        self.assertEqual(RecordingApi.handed, [])
        self.send()
        self.assertEqual(RecordingApi.handed, [(NUMBER, message.text)])
        self.assertEqual(message.state, "sent")
        self.assertTrue(message.date_sent)
        self.send()
        self.assertEqual(len(RecordingApi.handed), 1)

    @freeze_time(DAY)
    def test_nothing_is_sent_for_a_shop_that_has_chosen_no_way(self):
        self.company.dealer_sms_provider = False
        self.company.dealer_message_mail = False
        self.customer.email = "wang@example.com"
        self.assertFalse(self.tell())
        self.send()
        self.assertEqual(RecordingApi.handed, [])
        self.assertFalse(self.all_messages())

    @freeze_time(DAY)
    def test_without_a_way_for_texts_the_customer_gets_the_mail_as_before(self):
        self.company.dealer_sms_provider = False
        self.assertFalse(self.tell())
        self.assertFalse(self.all_messages(), "a shop without SMS notes no absence")
        self.customer.email = "wang@example.com"
        message = self.tell()
        self.assertEqual((message.channel, message.mail_id.state), ("mail", "outgoing"))
        self.assertEqual(message.subject, "Your car 皖B·A1234")
        self.assertIn("It is ready", message.body)

    @freeze_time(DAY)
    def test_order_of_ways_is_that_of_the_shop_unless_the_customer_prefers_one(self):
        self.customer.email = "wang@example.com"
        # oracle: written down by hand from the words of the setting
        expected = {
            ("sms", False): ["sms"],
            ("sms", "email"): ["mail"],
            ("mail", False): ["mail"],
            ("mail", "sms"): ["sms"],
            ("mail", "wechat"): ["mail"],
            ("both", False): ["sms", "mail"],
            ("both", "email"): ["mail", "sms"],
        }
        for (order, preferred), channels in expected.items():
            with self.subTest(order=order, preferred=preferred):
                self.company.dealer_message_order = order
                self.customer.preferred_channel = preferred
                told = self.tell()
                self.assertEqual(sorted(told.mapped("channel")), sorted(channels))

    @freeze_time(DAY)
    def test_second_way_serves_where_the_first_is_missing(self):
        self.customer.write({"email": "wang@example.com", "is_phone_wrong": True})
        self.assertEqual(self.tell().channel, "mail")
        self.customer.email = False
        self.assertFalse(self.tell())
        message = self.all_messages()[:1]
        self.assertEqual(message.state, "refused")
        self.assertIn("reaches nobody", message.reason)

    @freeze_time(DAY)
    def test_occasion_that_is_switched_off_tells_nobody(self):
        self.occasion.active = False
        self.assertFalse(self.tell())
        self.assertFalse(self.all_messages())
        self.assertFalse(self.tell("no_such_occasion"))

    @freeze_time(DAY)
    @mute_logger("odoo.addons.mail.models.mail_render_mixin")
    def test_text_that_is_broken_stops_nothing_and_is_seen(self):
        self.occasion.sms_template_id.body = "{{ object.no_such_field }}"
        logger = (
            "odoo.addons.dealer_service.models.messages.dealer_customer_message_tell"
        )
        with self.assertLogs(logger, "WARNING"):
            self.assertFalse(self.tell())
        message = self.all_messages()
        self.assertEqual(message.state, "refused")
        self.assertTrue(message.reason)

    @freeze_time(DAY)
    def test_words_are_in_the_language_of_the_customer(self):
        template = self.occasion.sms_template_id
        template.with_context(
            lang="zh_CN"
        ).body = "您的车 {{ object.license_plate }} 已修好"
        self.customer.lang = "zh_CN"
        self.assertEqual(self.tell().text, "您的车 皖B·A1234 已修好")

    @freeze_time(DAY)
    def test_a_number_given_by_the_caller_is_used_as_it_is(self):
        message = self.tell(number="139 0553 0000")
        self.assertEqual(message.address, "+8613905530000")

    # ------------------------------------------------------------------
    # WHAT COMES BACK
    # ------------------------------------------------------------------

    @freeze_time(DAY)
    def test_refusal_is_seen_by_whoever_sent_it(self):
        RecordingApi.answers = {
            NUMBER: {"state": "rejected", "failure_reason": "Signature not approved"}
        }
        message = (
            self.env["dealer.customer.message"]
            .with_user(self.advisor)
            ._tell("test_service", self.visit)
        )
        self.send()
        self.assertEqual(
            (message.state, message.reason), ("failed", "Signature not approved")
        )
        [task] = self.visit.activity_ids.filtered(
            lambda task: "message" in (task.summary or "")
        )
        self.assertEqual(task.user_id, self.advisor)

    @freeze_time(DAY)
    def test_number_that_is_dead_is_marked_on_the_card(self):
        RecordingApi.answers = {NUMBER: {"state": "dead", "wrong_number": True}}
        self.tell()
        self.send()
        self.assertTrue(self.customer.is_phone_wrong)

    @freeze_time(DAY)
    def test_reports_go_forward_only(self):
        message = self.tell()
        self.send()
        messages = self.env["dealer.customer.message"]
        self.assertTrue(messages._report([message.reference], "delivered"))
        for late in ("sent", "failed", "delivered"):
            self.assertFalse(messages._report([message.reference], late), late)
        self.assertEqual(message.state, "delivered")
        self.assertFalse(messages._report(["of another system"], "delivered"))

    @freeze_time(DAY)
    def test_report_through_odoo_own_tracker_arrives(self):
        message = self.tell()
        self.send()
        tracker = self.env["sms.tracker"].search([("sms_uuid", "=", message.reference)])
        tracker._action_update_from_sms_state("sent")
        self.assertEqual(message.state, "delivered")

    @mute_logger(
        "odoo.addons.dealer_service.models.messages.dealer_customer_message_queue"
    )
    def test_broken_connection_is_unknown_and_is_settled_by_asking(self):
        now = fields.Datetime.to_datetime(DAY)
        with freeze_time(now):
            RecordingApi.answers = {NUMBER: ConnectionResetError()}
            message = self.tell()
            self.send()
            self.assertEqual(message.state, "unknown")
            RecordingApi.answers = {}
        with freeze_time(now + timedelta(hours=1)):
            self.send()
            self.assertEqual(message.state, "unknown", "nobody has said anything")
            self.assertEqual(len(RecordingApi.handed), 1, "never blindly sent again")
        asked = []

        def ask(messages):
            asked.append(messages.ids)
            return {message.reference: ("delivered", False)}

        self.patch(type(message), "_ask_provider", ask)
        with freeze_time(now + timedelta(hours=3)):
            self.send()
        self.assertEqual((message.state, asked), ("delivered", [message.ids]))

    @mute_logger(
        "odoo.addons.dealer_service.models.messages.dealer_customer_message_queue"
    )
    def test_what_the_provider_never_got_is_sent_for_the_first_time(self):
        now = fields.Datetime.to_datetime(DAY)
        with freeze_time(now):
            RecordingApi.answers = {NUMBER: ConnectionResetError()}
            message = self.tell()
            self.send()
        RecordingApi.answers = {}
        self.patch(
            type(message),
            "_ask_provider",
            lambda messages: {message.reference: ("absent", False)},
        )
        with freeze_time(now + timedelta(minutes=3)):
            self.send()
            self.assertEqual(message.state, "unknown", "it may still be on its way")
        with freeze_time(now + timedelta(minutes=30)):
            self.send()
            self.send()
        self.assertEqual(message.state, "sent")
        self.assertEqual(len(RecordingApi.handed), 2)

    def test_busy_way_is_tried_later_and_keeps_nobody_waiting(self):
        now = fields.Datetime.to_datetime(DAY)
        RecordingApi.answers = {NUMBER: {"state": "later", "failure_reason": "busy"}}
        with freeze_time(now):
            message = self.tell()
            other = self.tell(number="13905530000")
            self.send()
            self.assertEqual(message.state, "waiting")
            self.assertEqual(other.state, "sent")
            self.send()
            self.assertEqual(len(RecordingApi.handed), 2)
        RecordingApi.answers = {}
        with freeze_time(now + timedelta(minutes=5)):
            self.send()
        self.assertEqual(message.state, "sent")

    @freeze_time(DAY)
    def test_codes_overtake_everything_else(self):
        self.make_occasion("test_code", "code")
        self.tell()
        code = self.tell("test_code", number="13905530000")
        self.send()
        numbers = [number for number, _text in RecordingApi.handed]
        self.assertEqual(numbers, [code.address, NUMBER])

    # ------------------------------------------------------------------
    # HOURS
    # ------------------------------------------------------------------

    def test_service_messages_keep_quiet_at_night(self):
        self.company.write({"dealer_quiet_from": 21.0, "dealer_quiet_until": 8.0})
        with freeze_time(NIGHT):
            message = self.tell()
            self.assertEqual(message.state, "held")
            self.assertIn("Not before", message.reason)
            self.send()
            self.assertEqual(RecordingApi.handed, [])
        # eight in the morning of the shop
        self.assertEqual(str(message.date_due), "2026-03-03 00:00:00")
        with freeze_time("2026-03-03 00:00:00"):
            self.send()
        self.assertEqual(message.state, "sent")

    def test_quiet_hours_against_a_clock_of_hours(self):
        """Each quarter of an hour of a day, by an oracle that lists the hours."""
        quiet_by_setting = {
            (21.0, 8.0): [*range(21, 24), *range(8)],
            (0.0, 6.0): [*range(6)],
            (12.0, 14.0): [12, 13],
            (8.0, 8.0): [],
        }
        for (start, stop), quiet in quiet_by_setting.items():
            self.company.write({"dealer_quiet_from": start, "dealer_quiet_until": stop})
            for quarter in range(96):
                # midnight in Shanghai is 16:00 UTC
                moment = fields.Datetime.to_datetime("2026-03-01 16:00:00")
                moment += timedelta(minutes=15 * quarter)
                due = self.company._message_due("service", "sms", moment)
                with self.subTest(setting=(start, stop), quarter=quarter):
                    if quarter // 4 in quiet:
                        hours = (due - moment).total_seconds() / 3600
                        self.assertTrue(0 < hours <= 11)
                        self.assertEqual((due.hour + 8) % 24, stop)
                    else:
                        self.assertEqual(due, moment)
                    for purpose in ("code", "staff"):
                        self.assertEqual(
                            self.company._message_due(purpose, "sms", moment), moment
                        )

    # ------------------------------------------------------------------
    # MAILS
    # ------------------------------------------------------------------

    @freeze_time(DAY)
    def test_what_becomes_of_a_mail_is_known(self):
        self.company.dealer_message_order = "mail"
        self.customer.email = "wang@example.com"
        sent, failed, called_off = (self.tell() for _number in range(3))
        sent.mail_id._postprocess_sent_message(self.customer.ids, [])
        failed.mail_id.state = "exception"
        failed.mail_id._postprocess_sent_message(
            [], [], failure_reason="No such server", failure_type="mail_smtp"
        )
        called_off.mail_id.unlink()
        self.send()
        self.assertEqual(
            [sent.state, failed.state, called_off.state], ["sent", "failed", "refused"]
        )
        self.assertEqual(failed.reason, "No such server")

    # ------------------------------------------------------------------
    # STAFF
    # ------------------------------------------------------------------

    @freeze_time(NIGHT)
    def test_colleagues_are_told_at_any_hour(self):
        self.advisor.partner_id.phone = "13905530001"
        messages = self.env["dealer.customer.message"]._alert(
            self.advisor | self.manager, "Overdue", "A promise is overdue", self.visit
        )
        self.assertEqual(messages.address, "+8613905530001")
        self.send()
        self.assertEqual(messages.state, "sent")
        self.company.dealer_sms_provider = False
        self.assertFalse(
            messages._alert(self.advisor, "Overdue", "It is overdue", self.visit)
        )

    # ------------------------------------------------------------------
    # OCCASIONS OF THE SERVICE
    # ------------------------------------------------------------------

    def test_ready_car_is_told_once_and_only_where_texts_are_sent(self):
        for provider, told in ((False, 0), ("outbox", 1)):
            with self.subTest(provider=provider):
                self.company.dealer_sms_provider = provider
                visit = self.make_reception(state="arrived")
                visit._write_by_method({"state": "quality"})
                visit._enter("ready")
                messages = self.env["dealer.customer.message"].search(
                    [("res_model", "=", visit._name), ("res_id", "=", visit.id)]
                )
                self.assertEqual(len(messages), told)
                self.assertEqual(messages.occasion_id.key, "ready" if told else False)
