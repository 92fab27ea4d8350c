"""A follow-up call is proven by the exchange: that somebody was reached, or nobody."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from odoo.addons.dealer_followup.wizards.dealer_followup_call_proof import UnprovenCall

from ...followup_common import DealerFollowupCase, cn

PHONE = "138 0553 1234"


class AttemptProofCase(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_followup_proof = True
        cls.caller.dealer_extension = "8101"
        cls.other_caller.dealer_extension = "8102"
        cls.exchange = cls.env["dealer.call.exchange"].create(
            {
                "name": "总机",
                "adapter_id": cls.env.ref(
                    "dealer_service.dealer_call_adapter_plain"
                ).id,
            }
        )

    def ring(self, talks=60, minute=0, ref="c1", extension="8101", **told):
        """A call at 10:00 and ``minute``, as the exchange reports it."""
        start = cn(2, 10) + timedelta(minutes=minute)
        call = self.env["dealer.call.record"]._hear(
            self.exchange,
            {
                "call_ref": ref,
                "direction": "out",
                "number": PHONE,
                "extension": extension,
                "date_start": start,
                "date_end": start + timedelta(seconds=8 + talks),
                "talk_seconds": talks or None,
                **told,
            },
        )
        call._match()
        return call

    def dial(self, code="reached", dials=True, task=None, **values):
        """The caller dials at 10:00 and says how it ended."""
        sheet = self.open_sheet(self.make_task(**task or {}))
        if dials:
            sheet.action_dial()
        sheet.write({"result_id": self.result(code).id, **values})
        sheet.action_save()
        return sheet.sudo().attempt_id


@freeze_time(cn(2, 10))
class TestAttemptProof(AttemptProofCase):
    def test_answered_call_of_the_caller_proves_that_the_customer_was_reached(self):
        call = self.ring()
        attempt = self.dial()
        self.assertEqual((attempt.proof, attempt.call_id), ("proven", call))
        self.assertEqual(call.attempt_ids, attempt)

    def test_call_that_was_not_answered_proves_that_nobody_was(self):
        call = self.ring(talks=0)
        attempt = self.dial("no_answer")
        self.assertEqual((attempt.proof, attempt.call_id), ("proven", call))

    def test_what_proves_nothing(self):
        others = self.make_partner(name="李梅", phone="13955550000")
        for name, told in {
            "another user": {"extension": "8102"},
            "another number": {"number": others.phone},
            "long before": {"minute": -40},
        }.items():
            with self.subTest(name), self.cr.savepoint() as savepoint:
                self.ring(**told)
                self.assertEqual(self.dial().proof, "open")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_call_that_ended_otherwise_contradicts(self):
        for code, talks, proof in (
            ("reached", 0, "against"),
            ("reached", 7, "against"),
            ("no_answer", 60, "against"),
            ("no_answer", 7, "proven"),
            ("wrong_number", 12, "proven"),
            ("wrong_number", 0, "proven"),
        ):
            with (
                self.subTest(code=code, talks=talks),
                self.cr.savepoint() as savepoint,
            ):
                self.ring(talks=talks)
                self.assertEqual(self.dial(code).proof, proof)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_missed_call_of_the_customer_says_nothing_of_the_call_back(self):
        for code in ("reached", "no_answer"):
            with self.subTest(code), self.cr.savepoint() as savepoint:
                self.ring(talks=0, direction="in")
                self.assertEqual(self.dial(code).proof, "open")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_customer_who_calls_back_is_reached(self):
        self.ring(direction="in")
        self.assertEqual(self.dial().proof, "proven")

    def test_list_that_comes_late_proves_backwards(self):
        attempt = self.dial(note="一切正常")
        self.assertEqual(attempt.proof, "open")
        with freeze_time(cn(5, 9)):
            call = self.ring(minute=1)
        self.assertEqual((attempt.proof, attempt.call_id), ("proven", call))
        self.assertEqual(attempt.note, "一切正常")

    def test_of_two_calls_each_proves_its_own_result(self):
        first, second = self.ring(talks=0, minute=-4), self.ring(ref="c2")
        self.assertEqual(self.dial().call_id, second)
        self.assertFalse(first.attempt_ids)

    def test_list_that_the_caller_imported_proves_nothing(self):
        call = self.ring()
        call._write_by_method({"origin": "list", "importer_id": self.caller.id})
        attempt = self.dial()
        self.assertEqual((attempt.proof, attempt.call_id), ("open", call))

    def test_dialled_without_a_result_is_proven_when_it_comes(self):
        sheet = self.open_sheet(self.make_task())
        sheet.action_dial()
        call = self.ring()
        attempt = sheet.sudo().attempt_id
        self.assertEqual((attempt.call_id, attempt.proof), (call, False))
        sheet.result_id = self.result("reached")
        sheet.action_save()
        self.assertEqual(attempt.proof, "proven")

    # ------------------------------------------------------------------
    # BY HAND
    # ------------------------------------------------------------------

    def test_without_dialling_only_with_a_call_or_a_reason(self):
        with self.assertRaises(UnprovenCall):
            self.dial(dials=False)
        with self.assertRaises(UnprovenCall):
            self.dial(dials=False, stated_reason="  ")
        attempt = self.dial(dials=False, stated_reason="用自己手机打的")
        self.assertEqual(attempt.proof, "stated")
        self.assertEqual(attempt.stated_reason, "用自己手机打的")

    def test_click_on_a_result_is_no_way_around_it(self):
        sheet = self.open_sheet(self.make_task())
        with self.assertRaises(UnprovenCall):
            sheet.action_quick(self.result("no_answer").id)

    def test_call_from_the_telephone_itself_needs_no_reason(self):
        self.ring()
        self.assertEqual(self.dial(dials=False).proof, "proven")

    def test_stated_becomes_proven(self):
        attempt = self.dial(dials=False, stated_reason="话单还没导入")
        with freeze_time(cn(3, 9)):
            self.ring()
        self.assertEqual(attempt.proof, "proven")

    def test_nobody_says_himself_that_it_is_proven(self):
        attempt = self.dial()
        calls = self.env["dealer.followup.attempt"].with_user(self.caller)
        for vals in ({"proof": "proven"}, {"stated_reason": "x"}, {"call_id": 1}):
            with self.subTest(vals), self.assertRaises(UserError):
                attempt.with_user(self.caller).write(vals)
            with self.subTest(vals), self.assertRaises(UserError):
                attempt.write(vals)
        with self.assertRaises(AccessError):
            calls.create({"partner_id": self.customer.id, "proof": "proven"})
        loaded = calls.load(["partner_id", "proof"], [["王建国", "proven"]])
        self.assertFalse(loaded["ids"])

    def test_shop_that_does_not_ask_goes_on_as_before(self):
        self.company.dealer_followup_proof = False
        attempt = self.dial(dials=False)
        self.assertFalse(attempt.proof)
        self.ring()
        self.assertEqual(attempt.proof, "proven")

    def test_statistics_tell_proven_from_stated(self):
        proven = self.dial()
        self.ring()
        other = self.make_partner(name="李梅", phone="138 0553 9999")
        stated = self.dial(dials=False, task={"partner": other}, stated_reason="手机")
        self.env.flush_all()
        report = self.env["dealer.followup.report"]
        for attempt, proof, share in ((proven, "proven", 100), (stated, "stated", 0)):
            row = report.search([("followup_id", "in", attempt.followup_ids.ids)])
            self.assertEqual((row.proof, row.proven_rate), (proof, share))

    def test_caller_sees_the_own_calls(self):
        own, other = self.ring(), self.ring(ref="c2", extension="8102")
        calls = self.env["dealer.call.record"].with_user(self.caller)
        self.assertEqual(calls.search([]), own)
        self.assertNotIn(other, calls.search([]))
