"""A first contact is proven by a call of the exchange, or stated with a reason."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError

from ...complaint_common import DealerComplaintCase, cn

PHONE = "138 0553 1234"


class ProofCase(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_contact_proof = True
        cls.handler.dealer_extension = "8001"
        cls.officer.dealer_extension = "8002"
        cls.exchange = cls.env["dealer.call.exchange"].create(
            {
                "name": "总机",
                "adapter_id": cls.env.ref(
                    "dealer_service.dealer_call_adapter_plain"
                ).id,
            }
        )
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint()
        cls.clock = cls.timer(cls.complaint)

    def ring(self, hour, minute, talks=60, extension="8001", ref="c1", number=PHONE):
        """A call that the exchange reports, as it has matched it."""
        start = cn(2, hour, minute)
        call = self.env["dealer.call.record"]._hear(
            self.exchange,
            {
                "call_ref": ref,
                "direction": "out",
                "number": number,
                "extension": extension,
                "date_start": start,
                "date_end": start + timedelta(seconds=8 + talks),
                "talk_seconds": talks or None,
            },
        )
        call._match()
        return call

    def talk(self, hour, minute, entered=None, **values):
        """A talk that the handler records, a few minutes after it."""
        date = cn(2, hour, minute)
        with freeze_time(entered or date + timedelta(minutes=5)):
            talk = self.complaint.with_user(self.handler).contact_ids.create(
                {
                    "complaint_id": self.complaint.id,
                    "date": date,
                    "user_id": self.handler.id,
                    **values,
                }
            )
        return talk.sudo()


class TestContactProof(ProofCase):
    def test_call_that_proves_the_contact_stops_the_clock_when_it_began(self):
        call = self.ring(9, 30)
        talk = self.talk(9, 33)
        self.assertEqual((talk.proof, talk.call_id), ("proven", call))
        self.assertEqual(
            (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 30))
        )
        self.assertEqual(self.clock.contact_proof, "proven")

    def test_one_call_proves_one_talk_of_a_complaint(self):
        self.ring(9, 30)
        first, second = self.talk(9, 31), self.talk(9, 33)
        self.assertEqual((first.proof, second.proof), ("proven", "open"))
        other = self.ring(9, 40, ref="c2")
        self.assertEqual((second.proof, second.call_id), ("proven", other))

    def test_what_proves_nothing(self):
        others = self.make_partner(name="李梅", phone="13955550000")
        for name, call in {
            "12 seconds": {"talks": 12},
            "another user": {"extension": "8002"},
            "not answered": {"talks": 0},
            "another number": {"number": others.phone},
            "long before": {"minute": 5},
        }.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                self.ring(9, **{"minute": 30, **call})
                talk = self.talk(9, 33)
                self.assertEqual(talk.proof, "open")
                self.assertEqual(self.clock.state, "running")
                self.assertEqual(self.complaint.next_contact_kind, "contact")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_call_in_which_the_customer_complains_answers_nothing(self):
        call = self.ring(8, 57, talks=120)
        talk = self.talk(9, 0)
        self.assertEqual((talk.call_id, talk.proof), (call, "open"))
        self.assertEqual(self.clock.state, "running")

    def test_call_that_proves_a_talk_stays_with_its_customer(self):
        call = self.ring(9, 30)
        self.talk(9, 33)
        other = self.make_partner(name="李梅", phone="13955550000")
        calls = call.with_user(self.manager)
        with self.assertRaisesRegex(UserError, self.complaint.name):
            calls.action_decide(other.id, "是李梅的电话")

    def test_call_of_somebody_else_proves_nothing(self):
        call = self.ring(9, 30)
        other = self.make_partner(name="李梅", phone="13955550000")
        call.with_user(self.manager).action_decide(other.id, "是李梅的电话")
        self.assertEqual(self.talk(9, 33).proof, "open")

    def test_by_hand_with_a_reason_it_is_stated(self):
        talk = self.talk(9, 33, stated_reason="用自己手机打的")
        self.assertEqual((talk.proof, self.clock.state), ("stated", "met"))
        self.assertEqual(self.clock.date_stop, cn(2, 9, 33))
        self.env.flush_all()
        report = self.env["dealer.sla.report"].search([("proof", "=", "stated")])
        self.assertEqual(report.complaint_id, self.complaint)

    def test_blank_reason_is_none(self):
        self.assertEqual(self.talk(9, 33, stated_reason="  ").proof, "open")

    def test_nobody_says_himself_that_it_is_proven(self):
        call = self.ring(9, 30, talks=12)
        for values in ({"proof": "proven"}, {"call_id": call.id}):
            with self.subTest(values), self.assertRaises(UserError):
                self.talk(9, 33, **values)
        talk = self.talk(9, 33)
        for values in ({"proof": "proven"}, {"stated_reason": "x"}):
            with self.subTest(values), self.assertRaises(UserError):
                talk.with_user(self.handler).write(values)

    def test_list_that_comes_late_proves_backwards(self):
        talk = self.talk(9, 33)
        self.assertEqual(self.clock.state, "running")
        # the limit is over before the list is imported
        self.run_engine(self.clock.date_deadline + timedelta(minutes=1))
        with freeze_time(cn(3, 9)):
            self.ring(9, 30)
        self.assertEqual(talk.proof, "proven")
        self.assertEqual(
            (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 30))
        )
        self.assertEqual(self.clock.correction, "call")
        self.assertEqual(self.kinds(self.clock)[-1], "rescinded")

    def test_stated_contact_becomes_proven_and_its_clock_follows(self):
        talk = self.talk(9, 33, stated_reason="话单还没导入")
        used = self.clock.used_seconds
        with freeze_time(cn(3, 9)):
            self.ring(9, 30)
        self.assertEqual(talk.proof, "proven")
        self.assertEqual(
            (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 30))
        )
        self.assertEqual(self.clock.used_seconds, used - 180)
        self.assertFalse(self.clock.correction)
        self.assertEqual(self.clock.contact_proof, "proven")

    def test_call_that_began_after_the_limit_makes_it_missed(self):
        deadline = self.clock.date_deadline
        local = deadline + timedelta(hours=8)
        stated = deadline - timedelta(minutes=2)
        with freeze_time(stated):
            talk = self.complaint.with_user(self.handler).contact_ids.create(
                {
                    "complaint_id": self.complaint.id,
                    "date": stated,
                    "user_id": self.handler.id,
                    "stated_reason": "自己手机",
                }
            )
        self.assertEqual(self.clock.state, "met")
        with freeze_time(cn(3, 9)):
            self.ring(local.hour, local.minute + 5)
        self.assertEqual(talk.sudo().proof, "proven")
        self.assertEqual((self.clock.state, self.clock.correction), ("missed", "call"))
        self.assertEqual(self.clock.overrun_seconds, 300)

    def test_list_that_the_caller_imported_himself_proves_nothing(self):
        call = self.ring(9, 30, talks=12, ref="mine")
        vals = {"origin": "list", "importer_id": self.handler.id, "talk_seconds": 90}
        call._write_by_method(vals)
        talk = self.talk(9, 33)
        self.assertEqual((talk.proof, talk.call_id), ("open", call))
        call._write_by_method({"importer_id": self.officer.id})
        talk._find_call()
        self.assertEqual(talk.proof, "proven")

    def test_of_a_short_and_a_long_call_the_long_one_proves(self):
        self.ring(9, 31, talks=12)
        long = self.ring(9, 25, ref="c2")
        self.assertEqual(self.talk(9, 33).call_id, long)

    def test_complaint_that_is_taken_in_during_the_call(self):
        with freeze_time(cn(2, 10, 2)):
            self.complaint = self.make_complaint()
        talk = self.talk(10, 3)
        self.ring(10, 0, talks=400)
        clock = self.timer(self.complaint)
        self.assertEqual((talk.proof, clock.date_stop), ("proven", cn(2, 10, 2)))

    def test_number_of_seconds_is_a_setting(self):
        self.company.dealer_contact_seconds = 10
        self.ring(9, 30, talks=12)
        self.assertEqual(self.talk(9, 33).proof, "proven")

    def test_shop_that_does_not_ask_goes_on_as_before(self):
        self.company.dealer_contact_proof = False
        talk = self.talk(9, 33)
        self.assertFalse(talk.proof)
        self.assertEqual(
            (self.clock.state, self.clock.date_stop), ("met", cn(2, 9, 33))
        )
        # a call is named beside it, and changes no clock
        call = self.ring(9, 30)
        self.assertEqual((talk.proof, talk.call_id), ("proven", call))
        self.assertEqual(self.clock.date_stop, cn(2, 9, 33))

    def test_visit_in_person_needs_no_call(self):
        self.assertFalse(self.talk(9, 33, channel="in_person").proof)

    def test_handler_sees_the_own_calls(self):
        own, other = self.ring(9, 30), self.ring(9, 40, extension="8002", ref="c2")
        calls = self.env["dealer.call.record"].with_user(self.handler)
        self.assertEqual(calls.search([]), own)
        self.assertNotIn(other, calls.search([]))
        self.assertEqual(own.date_start, fields.Datetime.to_datetime(cn(2, 9, 30)))
