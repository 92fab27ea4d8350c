"""What may have changed between the telling and the sending."""

from odoo.exceptions import AccessError, ValidationError

from .message_case import MessageCase, RecordingApi


class TestWhatLeaves(MessageCase):
    def test_message_goes_to_the_number_of_today(self):
        self.customer.phone = "138 0553 1234"
        message = self.tell()
        self.customer.phone = "139 1111 2222"
        self.send()
        [(number, _text)] = RecordingApi.handed
        self.assertEqual(number, "+8613911112222")
        self.assertEqual(message.address, "+8613911112222")

    def test_number_that_is_wrong_by_now_gets_nothing(self):
        self.customer.phone = "138 0553 1234"
        message = self.tell()
        self.customer.is_phone_wrong = True
        self.send()
        self.assertEqual((message.state, RecordingApi.handed), ("refused", []))

    def test_number_that_was_named_stays(self):
        self.customer.phone = "138 0553 1234"
        self.tell(number="137 3333 4444")
        self.customer.phone = "139 1111 2222"
        self.send()
        self.assertEqual(RecordingApi.handed[0][0], "+8613733334444")

    def test_code_that_is_over_is_not_sent(self):
        self.customer.phone = "138 0553 1234"
        self.make_occasion("test_code", purpose="code")
        message = self.tell("test_code")
        self.env.cr.execute(
            "UPDATE dealer_customer_message SET create_date = create_date"
            " - interval '6 minutes' WHERE id = %s",
            (message.id,),
        )
        message.invalidate_recordset()
        self.send()
        self.assertEqual((message.state, RecordingApi.handed), ("refused", []))

    def test_reminder_of_an_appointment_that_is_off_is_withdrawn(self):
        self.customer.phone = "138 0553 1234"
        message = self.env["dealer.customer.message"]._tell("reminder_day", self.visit)
        self.visit._write_by_method({"date_reminded_day": message.create_date})
        self.visit.action_cancel()
        self.assertEqual(message.state, "refused")
        self.send()
        self.assertFalse(RecordingApi.handed)

    def test_words_to_unsubscribe_are_read_as_people_type_them(self):
        for typed in ("R、TD、T、退订", "R，TD;T；退订", "R TD T 退订", "R/TD/T/退订"):
            self.company.dealer_stop_words = typed
            words = self.company._message_stop_words()
            self.assertEqual(words, {"R", "TD", "T", "退订"}, typed)
        with self.assertRaises(ValidationError):
            self.company.dealer_stop_words = " 、"

    def test_words_of_ones_own_to_any_number_are_the_managers(self):
        values = {
            "composition_mode": "numbers",
            "numbers": "+8613900001111",
            "body": "任意文字",
        }
        for user, may in ((self.technician, False), (self.manager, True)):
            with self.subTest(user.login):
                composer = self.env["sms.composer"].with_user(user).create(values)
                if may:
                    composer.action_send_sms()
                    continue
                with self.assertRaises(AccessError):
                    composer.action_send_sms()

    def test_customer_of_a_prepared_visit_is_reminded(self):
        self.customer.phone = "138 0553 1234"
        messages = self.env["dealer.customer.message"]
        for state in ("booked", "prepared"):
            for key in ("reminder_day", "reminder_hour"):
                with self.subTest(state=state, key=key):
                    RecordingApi.handed = []
                    self.visit._write_by_method({"state": state})
                    message = messages._tell(key, self.visit)
                    self.send()
                    self.assertEqual(message.state, "sent", message.reason)
                    self.assertEqual(len(RecordingApi.handed), 1)

    def test_reasons_are_written_in_the_language_of_the_shop(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.company.partner_id.lang = "zh_CN"
        self.customer.phone = "138 0553 1234"
        message = self.env["dealer.customer.message"]._tell("ready", self.visit)
        self.visit._write_by_method({"state": "delivered"})
        self.send()
        self.assertEqual(message.state, "refused")
        self.assertRegex(message.reason, "[一-鿿]")

    def test_car_that_was_fetched_at_night_is_not_called_ready(self):
        self.customer.phone = "138 0553 1234"
        messages = self.env["dealer.customer.message"]
        for state, left in (("ready", "sent"), ("delivered", "refused")):
            RecordingApi.handed = []
            message = messages._tell("ready", self.visit)
            self.visit._write_by_method({"state": state})
            self.send()
            self.assertEqual(message.state, left)
            self.assertEqual(len(RecordingApi.handed), left == "sent")
        self.assertIn("changed", message.reason)
