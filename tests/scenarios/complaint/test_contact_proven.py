"""A shop that goes by its exchange: who was called is proven, or it was not."""

from datetime import timedelta

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase

HEADINGS = [
    "call_ref",
    "direction",
    "number",
    "extension",
    "date_start",
    "talk_seconds",
]
HEADINGS += ["date_end"]


class TestContactProven(ComplaintStoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_contact_proof = True
        cls.handler.dealer_extension = "8001"
        cls.officer.dealer_extension = "8002"
        cls.calls = cls.env["dealer.call.record"]
        cls.exchange = cls.env["dealer.call.exchange"].create(
            {
                "name": "总机",
                "adapter_id": cls.env.ref(
                    "dealer_service.dealer_call_adapter_plain"
                ).id,
            }
        )

    def setUp(self):
        super().setUp()
        with self.at(cn(2, 9)):
            self.complaint = self.open_complaint(self.handler, source="phone")
            self.clock = self.timer(self.complaint)
            self.assertEqual(self.clock.date_deadline, cn(2, 11))

    def report(self, start, talks, number=None, extension="8001"):
        """The exchange reports a call that has just ended."""
        answered = start + timedelta(seconds=9)
        call = self.calls._hear(
            self.exchange,
            {
                "call_ref": f"{extension}-{start:%H%M%S}",
                "direction": "out",
                "number": number or self.customer.phone,
                "extension": extension,
                "date_start": start,
                "date_answered": talks and answered,
                "date_end": answered + timedelta(seconds=talks),
                "talk_seconds": talks,
            },
        )
        self.calls._new_calls()._match_each()
        return call

    def test_a_call_proves_the_contact(self):
        with self.at(cn(2, 9, 40)):
            self.report(cn(2, 9, 35), 95)
            talk = self.say(self.complaint, self.handler)
            self.assertEqual(talk.proof, "proven")
            self.assertEqual(
                (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 35))
            )

    def test_calls_that_prove_nothing_leave_the_clock_running(self):
        with self.at(cn(2, 9, 40)):
            # too short; by a colleague; to somebody else
            self.report(cn(2, 9, 34), 12)
            self.report(cn(2, 9, 35), 95, extension="8002")
            self.report(cn(2, 9, 36), 95, number="13955550000")
            talk = self.say(self.complaint, self.handler)
            self.assertEqual(talk.proof, "open")
            self.assertEqual(self.clock.state, "running")
        with self.at(cn(2, 10, 30)):
            self.assertEqual(self.told(self.complaint), self.handler)
        with self.at(cn(2, 11, 1)):
            self.assertTrue(self.clock.is_breach_recorded)
            # from the own mobile: said with a reason, and late
            talk = self.say(
                self.complaint, self.handler, stated_reason="用自己手机打的"
            )
            self.assertEqual((talk.proof, self.clock.state), ("stated", "missed"))
            self.assertEqual(self.clock.contact_proof, "stated")

    def test_a_list_that_is_imported_late_proves_the_contact(self):
        with self.at(cn(2, 9, 40)):
            self.say(self.complaint, self.handler)
        with self.at(cn(2, 12)):
            self.assertTrue(self.clock.is_breach_recorded)
        with self.at(cn(3, 9)):
            # the list tells the time of its shop
            rows = self.calls.with_user(self.manager).with_context(tz="Asia/Shanghai")
            row = ["h-1", "Outgoing", self.customer.phone, "8001"]
            row += ["2026-03-02 09:35:00", "95", "2026-03-02 09:36:44"]
            for _again in range(2):
                self.assertFalse(rows.load(HEADINGS, [row])["messages"])
            self.calls._new_calls()._match_each()
            self.assertEqual(len(self.calls.search([("call_ref", "=", "h-1")])), 1)
            self.assertEqual(
                (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 35))
            )
            self.assertEqual(self.clock.correction, "call")
            self.assertEqual(self.clock.contact_proof, "proven")

    def test_a_call_to_an_unknown_number_is_given_to_its_customer_by_hand(self):
        with self.at(cn(2, 9, 40)):
            call = self.report(cn(2, 9, 35), 95, number="055388886666")
            talk = self.say(self.complaint, self.handler)
            self.assertEqual((call.state, talk.proof), ("unmatched", "open"))
        with self.at(cn(2, 10)):
            dialog = self.env["dealer.call.decision"].with_user(self.manager)
            dialog.create(
                {
                    "call_id": call.id,
                    "partner_id": self.customer.id,
                    "reason": "客户办公室座机，本人确认",
                }
            ).action_apply()
            self.assertEqual(talk.proof, "proven")
            self.assertEqual(
                (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 35))
            )
            self.assertEqual(call.matched_by_id, self.manager)
