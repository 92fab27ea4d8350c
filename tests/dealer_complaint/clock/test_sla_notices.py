"""Who is told, and what happens to a notice that cannot be sent."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import mute_logger

from ...complaint_common import DealerComplaintCase, cn

HALVES = "odoo.addons.dealer_complaint.tools.halves"
LOGGER = "odoo.addons.dealer_complaint.models.clock.dealer_sla_notice"


class TestSlaNotices(DealerComplaintCase):
    def received(self, moment=None, **values):
        with freeze_time(moment or cn(2, 9)):
            return self.make_complaint(**values)

    def told(self, complaint):
        kind = self.env.ref("dealer_complaint.mail_activity_type_sla")
        return complaint.activity_ids.filtered(lambda a: a.activity_type_id == kind)

    # -- several levels at once --------------------------------------------

    def test_after_an_outage_everybody_concerned_is_told_once(self):
        complaint = self.received()
        self.run_engine(cn(2, 14))
        told = self.told(complaint)
        concerned = self.handler | self.officer | self.complaint_manager
        self.assertEqual(told.user_id & concerned, concerned)
        self.assertEqual(len(told), len(told.user_id))
        for activity in told.filtered(lambda a: a.user_id in concerned):
            self.assertIn("was missed", activity.summary)

    def test_late_entry_is_told_to_the_responsible_person_too(self):
        with freeze_time(cn(2, 16)):
            complaint = self.make_complaint(date_received=cn(2, 9))
        self.run_engine(cn(2, 16))
        self.assertIn(self.handler, self.told(complaint).user_id)

    def test_who_has_several_roles_is_told_of_the_highest_level(self):
        complaint = self.received(user_id=self.officer.id)
        self.run_engine(cn(2, 11, 30))
        notices = self.env["dealer.sla.notice"].search(
            [("complaint_id", "=", complaint.id), ("user_id", "=", self.officer.id)]
        )
        self.assertEqual(notices.event_id.kind, "escalated")

    # -- poison ------------------------------------------------------------

    def poison(self, complaint):
        """Something makes every notice about this complaint fail."""
        self.env.flush_all()
        self.env.cr.execute(
            """CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'poison'; END $$"""
        )
        self.env.cr.execute(
            f"""CREATE TRIGGER refuse BEFORE UPDATE ON dealer_sla_notice FOR EACH ROW
                WHEN (NEW.state = 'sent' AND NEW.complaint_id = {complaint.id:d})
                EXECUTE FUNCTION refuse()"""
        )

    def assert_only_the_poison_waits(self, digest_size):
        self.company.dealer_sla_digest_size = digest_size
        complaints = [self.received() for _number in range(7)]
        self.poison(complaints[3])
        with mute_logger(LOGGER, "odoo.sql_db"):
            self.run_engine(cn(2, 10, 30))
        Notice = self.env["dealer.sla.notice"]
        pending = Notice.search([("state", "=", "pending")])
        self.assertEqual(pending.complaint_id, complaints[3])
        sent = Notice.search(
            [("state", "=", "sent"), ("timer_id.metric", "=", "contact")]
        )
        self.assertEqual(len(sent.complaint_id), 6)

    def test_poison_notice_does_not_stop_the_others_of_that_person(self):
        self.assert_only_the_poison_waits(digest_size=0)

    def test_poison_notice_does_not_stop_a_summary(self):
        self.assert_only_the_poison_waits(digest_size=2)

    def test_back_off_has_a_cap(self):
        complaint = self.received()
        with mute_logger(LOGGER, "odoo.sql_db"):
            self.poison(complaint)
            self.run_engine(cn(2, 10, 30))
            notice = self.env["dealer.sla.notice"].search(
                [("complaint_id", "=", complaint.id), ("state", "=", "pending")]
            )
            for attempts in (2, 50, 5000):
                notice.write({"attempts": attempts, "date_due": cn(2, 10, 30)})
                self.run_engine(cn(2, 10, 30))
                self.assertLessEqual(
                    notice.date_due - cn(2, 10, 30), timedelta(hours=1)
                )

    def test_notices_that_fail_or_wait_are_on_the_health_line(self):
        complaint = self.received()
        Timer = self.env["dealer.sla.timer"]
        with mute_logger(LOGGER, "odoo.sql_db"):
            self.poison(complaint)
            self.run_engine(cn(2, 10, 30))
        with freeze_time(cn(2, 10, 31)):
            health = Timer._health()
        self.assertEqual(health["failing"], 1)
        with freeze_time(cn(2, 10, 40)):
            health = Timer._health()
        self.assertEqual((health["state"], health["late_seconds"]), ("late", 540))

    def test_put_off_notice_makes_no_summary_wait(self):
        """A clock that somebody holds is still due, and a notice was put off: that
        one is no fact that is still being written."""
        moment = cn(2, 10, 30)
        poison = self.received()
        with mute_logger(LOGGER, "odoo.sql_db"):
            self.poison(poison)
            self.run_engine(moment)
        late = moment + timedelta(minutes=2)
        held, told = self.received(cn(2, 9, 1)), self.received(cn(2, 9, 1))
        Notice = self.env["dealer.sla.notice"]
        with freeze_time(late):
            self.env["dealer.sla.timer"]._process_due(late, complaint_ids=told.ids)
        # as soon as nothing was written for half a minute
        after = late + timedelta(seconds=31)
        waiting = Notice.search([("complaint_id", "=", poison.id)])
        waiting.write({"date_due": after + timedelta(minutes=30)})
        self.assertTrue(held.timer_ids.filtered(lambda t: t.next_event_at <= after))
        with freeze_time(after):
            self.assertFalse(Notice._must_wait(after))
            self.assertTrue(Notice._send_some(after))

    # -- how much one transaction bears --------------------------------------

    def pending(self, count):
        """So many pending notices to one person, the first one included."""
        complaint = self.received()
        moment = cn(2, 10, 30)
        with freeze_time(moment):
            self.env["dealer.sla.timer"]._process_due(moment)
        notice = self.env["dealer.sla.notice"].search(
            [("complaint_id", "=", complaint.id)]
        )
        self.env.cr.execute(
            """INSERT INTO dealer_sla_event (timer_id, complaint_id, company_id, kind,
                   level_key, epoch, date, date_noticed)
               SELECT timer_id, complaint_id, company_id, kind, level_key, number,
                   date, date_noticed
               FROM dealer_sla_event, generate_series(1, %s) AS number
               WHERE id = %s RETURNING id""",
            (count - 1, notice.event_id.id),
        )
        events = [event_id for [event_id] in self.env.cr.fetchall()]
        self.env.cr.execute(
            """INSERT INTO dealer_sla_notice (event_id, timer_id, complaint_id,
                   company_id, user_id, action, state, date_due, attempts)
               SELECT unnest(%s), timer_id, complaint_id, company_id, user_id, action,
                   'pending', date_due, 0
               FROM dealer_sla_notice WHERE id = %s""",
            (events, notice.id),
        )

    def sizes(self):
        """How many notices each transaction sends."""
        moment = cn(2, 10, 30)
        sizes = []
        with freeze_time(moment):
            while some := self.env["dealer.sla.notice"]._send_some(moment):
                sizes.append(len(some))
        return sizes

    def test_without_summaries_a_transaction_sends_what_it_can_bear(self):
        self.company.dealer_sla_digest_size = 0
        self.pending(450)
        self.assertEqual(self.sizes(), [200, 200, 50])

    def test_so_it_does_where_summaries_begin_with_many(self):
        self.company.dealer_sla_digest_size = 5000
        self.pending(450)
        self.assertEqual(self.sizes(), [200, 200, 50])

    def test_summary_takes_one_transaction(self):
        self.company.dealer_sla_digest_size = 400
        self.pending(450)
        self.assertEqual(self.sizes(), [450])

    def test_what_takes_too_long_is_left_to_the_next_transaction(self):
        self.company.dealer_sla_digest_size = 0
        self.pending(120)
        with patch(f"{HALVES}.TRANSACTION_SECONDS", -1):
            self.assertEqual(self.sizes(), [50, 50, 20])

    def test_also_where_everything_fails(self):
        self.company.dealer_sla_digest_size = 0
        self.pending(4)
        Notice = self.registry["dealer.sla.notice"]
        with (
            patch.object(Notice, "_send_activity", side_effect=ValueError("no")),
            patch(f"{HALVES}.TRANSACTION_SECONDS", -1),
            mute_logger(LOGGER),
        ):
            self.assertEqual(self.sizes(), [1, 1, 1, 1])

    def test_mails_are_left_to_the_queue(self):
        """Two hundred mail servers in a row would keep the clocks waiting."""
        self.company.dealer_sla_digest_size = 0
        self.contact_target.level_ids.action = "mail"
        complaint = self.received()
        queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
        triggers = self.env["ir.cron.trigger"]
        triggers.search([("cron_id", "=", queue.id)]).unlink()
        MailMail = self.registry["mail.mail"]
        self.handler.notification_type = "email"
        before = self.env["mail.mail"].search([], order="id desc", limit=1).id or 0
        with patch.object(MailMail, "send", side_effect=AssertionError("sent here")):
            self.run_engine(cn(2, 10, 30))
        mails = self.env["mail.mail"].search(
            [
                ("id", ">", before),
                ("model", "=", complaint._name),
                ("res_id", "=", complaint.id),
            ]
        )
        self.assertEqual(mails.recipient_ids, self.handler.partner_id)
        self.assertEqual(mails.state, "outgoing")
        self.assertTrue(triggers.search([("cron_id", "=", queue.id)]))

    def test_text_messages_are_left_to_the_queue(self):
        """Nothing is handed to a provider by a transaction that may still be undone."""
        self.company.dealer_sla_digest_size = 0
        self.contact_target.level_ids.action = "sms"
        self.handler.partner_id.phone = "+8613800000001"
        complaint = self.received()
        Sms, Company = self.registry["sms.sms"], self.registry["res.company"]
        before = self.env["sms.sms"].search([], order="id desc", limit=1).id or 0
        with (
            patch.object(Company, "_dealer_can_text", lambda company: True),
            patch.object(Sms, "send", side_effect=AssertionError("sent here")),
        ):
            self.run_engine(cn(2, 10, 30))
        text = self.env["sms.sms"].search([("id", ">", before)])
        self.assertEqual((text.number, text.state), ("+8613800000001", "outgoing"))
        self.assertIn(complaint.name, text.body)

    def test_summary_names_the_first_and_counts_the_others(self):
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        complaints = [self.received(cn(2, 9, number)) for number in range(8)]
        with patch(f"{LOGGER}_tell.DIGEST_LINES", 3):
            self.run_engine(cn(2, 10, 45))
        digest = self.env["mail.message"].search(
            [
                ("id", ">", before),
                ("model", "=", False),
                ("partner_ids", "in", self.handler.partner_id.ids),
            ]
        )
        self.assertEqual(len(digest), 1)
        self.assertIn("8 time limits", digest.subject)
        self.assertIn("5 more", digest.body)
        named = [complaint.name in digest.body for complaint in complaints]
        self.assertEqual(named, [True] * 3 + [False] * 5)

    def test_summary_is_one_whatever_its_size(self):
        complaints = [self.received() for _number in range(30)]
        self.run_engine(cn(2, 10, 30))
        notices = self.env["dealer.sla.notice"].search(
            [("complaint_id", "in", [c.id for c in complaints])]
        )
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        messages = self.env["mail.message"].search_count(
            [("partner_ids", "in", self.handler.partner_id.ids), ("model", "=", False)]
        )
        self.assertEqual(messages, 1)
