"""Five days without an answer: a message, and reception asks for the number."""

from ..care.care_story import CareStory


class TestUnreached(CareStory):
    codes = ("visit",)

    def test_five_days_then_a_message_then_the_number_at_the_counter(self):
        self.make_past_visit(2)
        self.night(5)
        task = self.task("visit")

        # Thursday to Wednesday: nobody answers; twice on the first day is one day.
        with self.at(5, 9):
            self.save(self.next_call(), "no_answer")
        with self.at(5, 15):
            self.save(self.next_call(), "busy")
        self.assertEqual(task.unreached_days, 1)
        for number, day in enumerate((6, 7, 9, 10), 2):
            self.assertEqual(task.state, "waiting")
            self.assertEqual(task.channel, "call")
            with self.at(day, 11):
                self.save(self.next_call(), "no_answer")
            self.assertEqual(task.unreached_days, number)

        # Not a call any more: a message that somebody sends.
        self.assertEqual((task.state, task.channel), ("todo", "sms"))
        self.assertTrue(self.customer.verify_phone)
        with self.at(11):
            self.assertFalse(self.next_call())
            task.with_user(self.caller).action_sent()
        self.assertEqual(task.state, "failed")
        self.assertEqual(task.attempt_count, 7)

        # Reception enters the new number: the reminder to ask is gone.
        with self.at(16, 9):
            self.customer.phone = "139 0553 7777"
        self.assertFalse(self.customer.verify_phone)
