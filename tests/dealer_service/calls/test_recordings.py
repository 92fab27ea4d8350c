"""Recordings of calls: kept where callers are told, heard with a trace, for a time."""

from odoo.exceptions import AccessError, UserError

from .call_case import CallCase

LINK = "https://pbx.example/rec/c1.wav"


class TestRecordings(CallCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_recording_announced = True
        cls.call = cls.ring(recording_url=LINK)

    def heard(self):
        return self.env["dealer.call.hearing"].search(
            [("call_id", "=", self.call.id)], order="id"
        )

    def test_who_listens_is_kept(self):
        for person in (self.advisor, self.manager):
            action = self.call.with_user(person).action_listen()
            self.assertEqual(
                (action["type"], action["url"]), ("ir.actions.act_url", LINK)
            )
        self.assertEqual(self.heard().user_id, self.advisor | self.manager)
        self.assertEqual(self.heard().mapped("caller_id"), self.advisor)
        self.call.with_user(self.manager).action_listen()
        self.assertEqual(len(self.heard()), 3)

    def test_wrong_role_hears_nothing(self):
        colleague = self.make_user("colleague", "user")
        for person in (colleague, self.technician):
            with self.subTest(person.login), self.assertRaises(AccessError):
                self.call.with_user(person).action_listen()
        shop = self.env["res.company"].create({"name": "芜湖二店"})
        stranger = self.make_user("stranger", "manager")
        stranger.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        with self.assertRaises(AccessError):
            self.call.with_user(stranger).action_listen()
        self.assertFalse(self.heard())

    def test_link_is_not_read_without_a_trace(self):
        for person in (self.advisor, self.manager):
            call = self.call.with_user(person)
            self.assertTrue(call.is_recorded)
            for read in (
                lambda call=call: call.read(["recording_url"]),
                lambda call=call: call.export_data(["recording_url"]),
                lambda call=call: call.search([("recording_url", "like", "rec")]),
                lambda call=call: call.search([("recording_url", "!=", False)]),
            ):
                with self.subTest(person.login), self.assertRaises(UserError):
                    read()

    def test_trace_is_for_managers_and_never_changed(self):
        self.call.with_user(self.advisor).action_listen()
        trace = self.heard()
        self.assertEqual(trace.with_user(self.manager).user_id, self.advisor)
        with self.assertRaises(AccessError):
            trace.with_user(self.advisor).read(["user_id"])
        with self.assertRaises(AccessError):
            trace.with_user(self.manager).write({"user_id": self.manager.id})
        with self.assertRaises(AccessError):
            trace.with_user(self.manager).unlink()
        # not even by a program with all rights
        with self.assertRaises(UserError):
            trace.write({"user_id": self.manager.id})
        with self.assertRaises(UserError):
            trace.unlink()
        with self.assertRaises(UserError):
            trace.create({"call_id": self.call.id, "user_id": self.manager.id})

    def test_link_is_removed_when_its_time_is_over_and_the_trace_stays(self):
        self.company.dealer_recording_days = 5
        old = self.ring("old", recording_url=LINK, ago=6 * 24 * 60)
        new = self.ring("new", recording_url=LINK, ago=4 * 24 * 60)
        old.with_user(self.manager).action_listen()
        self.calls._cron_match()
        self.assertEqual((old.recording_url, new.recording_url), (False, LINK))
        with self.assertRaisesRegex(UserError, "no longer"):
            old.with_user(self.manager).action_listen()
        self.assertEqual((old.talk_seconds, len(old.hearing_ids)), (60, 1))

    def test_call_list_brings_no_links(self):
        rows = self.calls.with_user(self.manager)
        found = rows.load(
            ["call_ref", "direction", "date_start", "recording_url"],
            [["l1", "Outgoing", "2026-03-02 02:00:00", LINK]],
        )
        call = self.calls.search([("call_ref", "=", "l1")])
        self.assertFalse(call.recording_url, found)

    def test_only_encrypted_links_are_kept(self):
        told = {"call_ref": "x", "direction": "in", "event": "ended"}
        for number, link in enumerate(
            (
                "http://pbx.example/rec.wav",
                "javascript:alert(1)",
                "https://user:secret@pbx.example/rec.wav",
                "//pbx.example/rec.wav",
                "ftp://pbx.example/rec.wav",
                "https:///rec.wav",
            )
        ):
            with self.subTest(link):
                call = self.calls._hear(
                    self.exchange,
                    {**told, "call_ref": f"x{number}", "recording_url": link},
                )
                self.assertFalse(call.recording_url)

    def test_shop_that_does_not_tell_its_callers_keeps_none(self):
        self.company.dealer_recording_announced = False
        self.assertFalse(self.company.dealer_recording_user_id)
        self.assertFalse(self.ring("c2", recording_url=LINK).recording_url)

    def test_who_says_that_callers_are_told_is_kept(self):
        admin = self.env.ref("base.user_admin")
        self.company.dealer_recording_announced = False
        settings = self.env["res.config.settings"].with_user(admin)
        settings.create({"dealer_recording_announced": True}).execute()
        self.assertEqual(self.company.dealer_recording_user_id, admin)
        self.assertTrue(self.company.dealer_recording_since)
        # saving the settings again says nothing new
        self.company.dealer_recording_since = "2026-01-05 02:00:00"
        settings = settings.with_user(self.env.ref("base.user_root"))
        settings.create({}).execute()
        self.assertEqual(self.company.dealer_recording_user_id, admin)
