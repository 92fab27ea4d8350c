"""What a visit leaves behind: an entry of the log for each step, in words, and no more
rows than what somebody reads (decision 0037)."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import users
from odoo.tools import html2plaintext

from ...common import DealerServiceCase
from ...rows import rows_that_stay, rows_written
from ...signature import SIGNATURE

CONCERN = "刹车有点响"
#: The most rows of a visit with one concern, one order of two lines and one job, those
#: of its standards left out: one of each is wanted.
MOST_ROWS = 40
#: What another addon writes about the customer of a visit.
OF_OTHERS = ("dealer_followup", "dealer_life_cycle_change")


class VisitLogCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.labour = cls.make_product("更换前制动片工时", price=180.0)
        cls.part = cls.make_product("前制动片", "part", 368.0)

    def log(self, thread):
        """The entries of the chatter, the oldest first."""
        self.env.cr.flush()
        thread.invalidate_recordset(["message_ids"])
        return thread.sudo().message_ids.sorted("id")

    def entries(self, thread):
        """What the chatter shows, line by line of each entry."""
        return [html2plaintext(entry.body).split("\n") for entry in self.log(thread)]

    def former_values(self, thread):
        """The fields whose former values the chatter keeps."""
        return self.log(thread).tracking_value_ids.field_id.mapped("name")

    def book(self):
        visit = self.make_reception(concern_ids=[Command.create({"name": CONCERN})])
        self.env.cr.flush()
        return visit

    def take_steps(self, visit):
        """Take a booked visit on to its delivery, and end a transaction after each
        step, as buttons do."""
        visit.action_arrive()
        yield
        self.tick(visit)
        visit.action_greet()
        visit.odometer = 20_000
        yield
        visit.inspection_id.action_sign(SIGNATURE, "王建国")
        yield
        visit.action_inspect()
        yield
        order = self.make_order(visit, self.labour, self.part)
        yield
        order.action_record_consent("in_person", "王建国")
        yield
        visit.date_promised = fields.Datetime.now() + timedelta(hours=3)
        self.tick(visit)
        visit.action_authorize()
        yield
        self.tick(visit)
        visit.action_start()
        yield
        self.tick(visit)
        self.do_jobs(visit)
        yield
        visit.action_finish()
        yield
        self.tick(visit)
        self.pass_quality(visit)
        yield
        visit.action_ready()
        yield
        self.tick(visit)
        visit.action_settle()
        yield
        self.tick(visit)
        visit.action_deliver()
        yield

    def deliver(self, visit):
        for _step in self.take_steps(visit):
            self.env.cr.flush()


class TestVisitLog(VisitLogCase):
    def test_each_step_of_a_visit_is_one_entry_in_words(self):
        visit = self.book()
        self.deliver(visit)
        read = visit._for_reader()
        greeted = read._format_local(visit.date_greeted)
        promised = read._format_local(visit.date_promised)
        passed = read._format_local(visit.date_passed)
        self.assertEqual(
            self.entries(visit),
            [
                ["Appointment booked."],
                ["Booked → Arrived"],
                [f"Greeted On: {greeted}", "Odometer (km): 20000"],
                ["Inspection sheet 1 signed by 王建国."],
                ["Arrived → Inspected"],
                ["Inspected → Authorized", f"Promised For: {promised}"],
                ["Authorized → In Progress"],
                ["In Progress → In Quality Check"],
                [f"Quality Check Passed On: {passed}"],
                ["In Quality Check → Ready"],
                ["Ready → Settled"],
                [
                    "Settled → Delivered",
                    f"Handed over with unresolved concerns: {CONCERN}",
                ],
            ],
        )
        self.assertFalse(self.former_values(visit))

    def test_order_and_invoice_tell_their_own_story(self):
        visit = self.book()
        self.deliver(visit)
        order, invoice = visit.order_ids, visit.invoice_ids
        written, decided, confirmed = self.entries(order)
        self.assertEqual(written, [f"Written for the visit {visit.name}."])
        self.assertIn("王建国", decided[0])
        self.assertEqual(confirmed, ["Quotation → Sales Order"])
        [created] = self.entries(invoice)
        self.assertIn(order.name, " ".join(created))
        self.assertFalse(self.former_values(order))
        self.assertFalse(self.former_values(invoice))

    def test_who_asked_to_hear_of_confirmed_orders_still_does(self):
        confirmed = self.env.ref("sale.mt_order_confirmed")
        visit = self.bring_to(self.make_reception(), "inspected")
        order = self.make_order(visit)
        order.message_subscribe(self.manager.partner_id.ids, confirmed.ids)
        self.env.cr.flush()
        self.bring_to(visit, "authorized")
        [entry] = self.log(order).filtered(lambda m: m.subtype_id == confirmed)
        self.assertEqual(entry.notified_partner_ids, self.manager.partner_id)
        self.assertTrue(order.locked)

    def test_what_is_changed_afterwards_keeps_its_former_value(self):
        visit = self.make_reception(state="arrived", odometer=20_000)
        promised = fields.Datetime.now().replace(microsecond=0) + timedelta(hours=3)
        visit.date_promised = promised
        self.env.cr.flush()
        visit.write(
            {"odometer": 21_000, "date_promised": promised + timedelta(hours=1)}
        )
        values = self.log(visit)[-1].tracking_value_ids
        former = {value.field_id.name: value for value in values}
        self.assertEqual(former.keys(), {"odometer", "date_promised"})
        self.assertEqual(former["odometer"].old_value_integer, 20_000)
        self.assertEqual(former["date_promised"].old_value_datetime, promised)

    def test_step_and_correction_at_once_are_one_entry(self):
        visit = self.make_reception()
        self.env.cr.flush()
        visit.contact_id = self.make_partner(name="李四")
        visit.action_arrive()
        _booked, entry = self.log(visit)
        self.assertEqual(html2plaintext(entry.body), "Booked → Arrived")
        self.assertEqual(entry.tracking_value_ids.field_id.name, "contact_id")

    def test_many_visits_are_told_of_as_cheaply_as_one(self):
        cars = self.make_vehicles(
            *({"license_plate": f"皖B·M{number:04}"} for number in range(20))
        )
        visits = self.make_receptions(*({"vehicle_id": car.id} for car in cars))
        self.env.cr.flush()
        self.queries_of_log(visits[:1])  # fills the caches
        alone = self.queries_of_log(visits[1:2])
        self.assertEqual(self.queries_of_log(visits[2:]), alone)
        for visit in visits:
            self.assertEqual(self.entries(visit)[1:], [["Booked → No-show"]])

    def queries_of_log(self, visits):
        """What the entries cost when the transaction of these visits ends."""
        visits.action_no_show()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        visits._track_finalize()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @users("advisor")
    def test_entry_is_in_the_words_of_who_takes_the_step(self):
        visit = self.make_reception()
        self.env.cr.flush()
        here = self.env["dealer.reception"].with_context(lang="zh_CN").browse(visit.id)
        here.action_arrive()
        said = f"{here._state_label('booked')} → {here._state_label('arrived')}"
        self.assertEqual(self.entries(visit)[-1], [said])
        self.assertNotIn("Arrived", said)

    def test_what_a_customer_sets_off_is_told_in_the_words_of_the_shop(self):
        self.company.partner_id.lang = "zh_CN"
        visit = self.make_reception()
        self.env.cr.flush()
        public = self.env.ref("base.public_user")
        theirs = visit.with_user(public).sudo().with_context(lang="en_US")
        theirs.action_arrive()
        shop = visit.with_context(lang="zh_CN")
        said = f"{shop._state_label('booked')} → {shop._state_label('arrived')}"
        self.assertEqual(self.entries(visit)[-1], [said])

    def test_delivery_that_is_taken_back_and_done_again_is_told_each_time(self):
        visit = self.book()
        self.deliver(visit)
        visit.action_undo_delivery("Wrong car")
        self.assertIn("date_delivered", self.former_values(visit))
        visit.action_deliver()
        last = self.entries(visit)[-1]
        self.assertEqual(last[0], "Settled → Delivered")
        self.assertIn(CONCERN, last[1])


class TestRowsOfAVisit(VisitLogCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # an advisor who takes the steps is not told of an order of one's own
        cls.env = cls.env(
            context={**cls.env.context, "mail_auto_subscribe_no_notify": True}
        )

    def test_visit_leaves_what_somebody_reads_and_little_more(self):
        self.deliver(self.book())  # what is done once a day or a user
        before = rows_written(self.env.cr)
        visit = self.book()
        self.deliver(visit)
        rows = rows_written(self.env.cr) - before
        for table in OF_OTHERS:
            rows.pop(table, None)
        standards = rows.pop("dealer_reception_check")
        self.assertEqual(standards, len(visit.check_ids))
        self.assertNotIn("mail_tracking_value", rows)
        told = [self.log(visit), self.log(visit.order_ids), self.log(visit.invoice_ids)]
        self.assertEqual(rows["mail_message"], sum(map(len, told)))
        self.assertEqual(rows["ir_cron_trigger"], 1)
        self.assertLessEqual(rows_that_stay(rows), MOST_ROWS, dict(rows))
