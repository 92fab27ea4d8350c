"""Visits of the old system: on record, and nothing followed from them."""

from datetime import date, datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

from ...common import DealerServiceCase
from ...past_common import OldSystem, PastFiles, a_row

#: Tables in which nothing may have happened.
UNTOUCHED = (
    "account_move",
    "account_move_line",
    "dealer_booking_day",
    "dealer_customer_message",
    "dealer_gate_pass",
    "dealer_inspection",
    "dealer_job",
    "dealer_reception_check",
    "ir_sequence_date_range",
    "mail_activity",
    "mail_followers",
    "mail_mail",
    "mail_message",
    "product_product",
    "rating_rating",
    "sale_order",
    "sale_order_line",
    "sms_sms",
    "stock_move",
)


class TestPastVisits(PastFiles, DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.takeover = cls.begin(name="2025")
        cls.visits = cls.env["dealer.reception"]

    def counts(self):
        # with what waits for the end of the transaction
        self.env.cr.flush()
        self.env.cr.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname IN %s",
            (UNTOUCHED,),
        )
        names = [name for [name] in self.env.cr.fetchall()]
        counts = {}
        for name in names:
            self.env.cr.execute(f'SELECT COUNT(*) FROM "{name}"')
            counts[name] = self.env.cr.fetchone()[0]
        report = self.env["sale.report"]
        counts["sale.report"] = report._read_group(
            [], [], ["__count", "price_total:sum"]
        )
        return counts

    def take_rows(self, *rows, takeover=None):
        takeover = takeover or self.takeover
        self.load_rows(takeover, rows)
        self.take(takeover)
        return takeover.reception_ids

    def test_visit_is_on_record_with_its_lines(self):
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")
        pads = self.make_product("刹车片", "part", default_code="QR-501")
        visit = self.take_rows(
            a_row(advisor=self.advisor.name, concern="刹车异响", technician="刘师傅"),
            a_row(
                line_kind="配件",
                code="QR-501",
                description="前刹车片",
                quantity="2",
                price="150.5",
                amount="",
                payer="厂家索赔",
                system="brakes",
            ),
        )
        self.assertEqual(
            (visit.name, visit.past_number, visit.state), ("WX1", "WX1", "delivered")
        )
        self.assertEqual(visit.date_arrived, datetime(2025, 3, 1, 1, 0))
        self.assertEqual(visit.date_delivered, datetime(2025, 3, 1, 3, 30))
        self.assertEqual(visit.odometer, 20_000)
        self.assertEqual(visit.advisor_id, self.advisor)
        self.assertEqual(visit.partner_id, self.customer)
        self.assertEqual(visit.concern_ids.name, "刹车异响")
        self.assertEqual((visit.settled_total, visit.past_customer_total), (601, 300))
        labour, part = visit.past_line_ids
        self.assertEqual((labour.kind, labour.technician), ("labour", "刘师傅"))
        self.assertEqual(
            (part.product_id, part.system_id, part.payer, part.amount, part.price),
            (pads, brakes, "warranty", 301.0, 150.5),
        )
        self.assertFalse(self.takeover.row_count)
        self.assertEqual(self.takeover.state, "done")

    def test_nothing_follows_from_the_past(self):
        before = self.counts()
        old = OldSystem(["皖BA1234"], date(2026, 2, 1))
        boards = patch.object(type(self.company), "_send_board_change")
        with boards as told:
            self.load_rows(self.takeover, list(old.rows()))
            self.take(self.takeover)
        told.assert_not_called()
        self.assertEqual(self.takeover.visit_count, len(old.visits))
        after = self.counts()
        self.assertEqual(after, before)

    def test_no_number_of_ours_is_drawn(self):
        code = ("dealer.reception", self.company.id, 1)
        first = self.env["ir.sequence"]._dealer_next_by_code(*code)[0]
        self.take_rows(a_row("A"), a_row("B"))
        second = self.env["ir.sequence"]._dealer_next_by_code(*code)[0]
        self.assertEqual(int(second[-4:]) - int(first[-4:]), 1)

    def test_visit_that_is_known_is_left_alone(self):
        visit = self.take_rows(a_row())
        again = self.begin(name="again")
        self.load_rows(again, [a_row(amount="999"), a_row("WX2")])
        self.check(again)
        self.assertEqual((again.double_count, again.ready_count), (1, 1))
        again.action_take_over()
        self.work(again)
        self.assertEqual((again.visit_count, again.known_count), (1, 1))
        self.assertEqual(visit.settled_total, 300)
        self.assertEqual((again.state, again.row_count), ("done", 0))

    def test_refused_orders_stay_and_the_others_come(self):
        visit = self.take_rows(a_row("A"), a_row("B", license_plate="皖BNOBODY"))
        self.assertEqual(visit.mapped("past_number"), ["A"])
        self.assertEqual((self.takeover.state, self.takeover.row_count), ("checked", 1))

    def test_job_that_is_killed_goes_on_where_it_was(self):
        rows = [a_row(f"WX{number:02}") for number in range(10)]
        self.load_rows(self.takeover, rows)
        self.check(self.takeover)
        self.takeover.action_take_over()
        job = self.takeover.sudo()
        for _batch in range(2):
            job._work(3)
        with (
            self.assertRaises(SystemExit),
            self.env.cr.savepoint(),
            patch.object(type(self.visits), "_follow_past", side_effect=SystemExit),
        ):
            # killed in the middle of the third batch, when its visits are written
            job._work(3)
        self.env.invalidate_all()
        self.assertEqual((job.visit_count, job.row_count), (6, 4))
        self.work(self.takeover, 3)
        self.assertEqual((job.state, job.visit_count, job.row_count), ("done", 10, 0))
        self.assertEqual(len(job.reception_ids.past_line_ids), 10)

    @mute_logger("odoo.addons.dealer_service.models.past.dealer_takeover_process")
    def test_order_that_breaks_does_not_keep_the_batch_out(self):
        self.load_rows(self.takeover, [a_row("A"), a_row("B"), a_row("C")])
        self.check(self.takeover)
        self.takeover.action_take_over()
        create = type(self.visits)._create_past

        def breaking(visits, vals_list):
            if any(vals["past_number"] == "B" for vals in vals_list):
                raise UserError("B breaks.")
            return create(visits, vals_list)

        with patch.object(type(self.visits), "_create_past", breaking):
            self.work(self.takeover)
        numbers = sorted(self.takeover.reception_ids.mapped("past_number"))
        self.assertEqual(numbers, ["A", "C"])
        self.assertEqual(set(self.problems(self.takeover).values()), {"B breaks."})

    def test_declined_work_is_open_until_it_is_offered(self):
        before = self.counts()
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")
        visit = self.take_rows(
            a_row(),
            a_row(
                description="前刹车盘", amount="880", system="brakes", is_declined="是"
            ),
            a_row("D7", description="火花塞", is_declined="是", reason="下次再做"),
        )
        self.assertEqual(visit.mapped("past_number"), ["WX1"])
        self.assertEqual(visit.settled_total, 300)
        works = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)], order="id"
        )
        plugs = works.filtered(lambda work: work.name == "火花塞")
        disc = works - plugs
        self.assertEqual((plugs.reason, plugs.reception_id.id), ("下次再做", False))
        self.assertEqual(
            (disc.state, disc.amount, disc.is_safety, disc.reception_id),
            ("open", 880, brakes.is_safety, visit),
        )
        self.assertEqual(disc.date_declined.date(), date(2025, 3, 1))
        self.assertEqual(self.counts(), before)
        again = self.begin()
        self.take_rows(
            a_row("D7", description="火花塞", is_declined="是"), takeover=again
        )
        self.assertEqual(again.known_count, 1)

    def test_past_belongs_to_who_owned_the_car(self):
        buyer = self.make_partner(name="李明", phone="13955550000")
        self.vehicle.with_context(dealer_ownership_date="2025-06-01").owner_id = buyer
        visits = self.take_rows(
            a_row("OLD"),
            a_row(
                "NEW",
                date_arrived="2025-08-01",
                date_delivered="2025-08-01",
                odometer="",
            ),
        ).sorted("date_arrived")
        self.assertEqual(visits.partner_id, self.customer | buyer)
        self.assertEqual(visits[0].partner_id, self.customer)

    def test_plate_of_then_stays(self):
        self.vehicle.vin_sn = "LVVDB11B0RD045678"
        visit = self.take_rows(a_row(vin="LVVDB11B0RD045678", license_plate="皖B88888"))
        self.assertEqual(visit.vehicle_id, self.vehicle)
        self.assertEqual(visit.license_plate, "皖B·88888")
        found = self.visits.search([("display_name", "ilike", "WX1")])
        self.assertIn(visit, found)

    def test_day_without_a_time_is_that_day_in_the_shop(self):
        visit = self.take_rows(a_row(date_arrived="2025-03-01", date_delivered=""))
        self.assertEqual(self.company._dealer_day(visit.date_arrived), date(2025, 3, 1))
        self.assertEqual(visit.date_delivered, visit.date_arrived)

    def test_past_is_not_taken_back_rated_or_changed(self):
        visit = self.take_rows(a_row())
        self.assertFalse(visit._is_rating_open())
        with self.assertRaisesRegex(UserError, "old system"):
            visit.with_user(self.manager).action_undo_delivery("x")
        line = visit.past_line_ids
        for user in (self.manager, self.advisor):
            with self.assertRaises(UserError):
                line.with_user(user).amount = 5
            with self.assertRaises(UserError):
                visit.with_user(user).past_customer_total = 5
        with self.assertRaises(UserError):
            line.amount = 5
        self.assertEqual(visit._portal_papers(), {})

    def test_nobody_enters_a_visit_as_past(self):
        for user in (self.manager, self.advisor):
            with self.assertRaises(UserError):
                self.visits.with_user(user).create(
                    {
                        "vehicle_id": self.vehicle.id,
                        "partner_id": self.customer.id,
                        "past_number": "X",
                    }
                )
            with self.assertRaises(UserError):
                self.env["dealer.takeover"].with_user(user).create(
                    {"known_count": 5, "state": "done"}
                )

    def test_visits_are_counted_and_not_measured(self):
        self.take_rows(a_row("A"), a_row("B"))
        self.env.flush_all()
        query = self.env["dealer.reception.report"]._table_query
        [row] = self.env.execute_query_dict(
            SQL(
                """SELECT COUNT(*) AS visits, SUM(settled_total) AS settled,
                    COUNT(comeback_rate) AS comeback, COUNT(visit_kind) AS kind,
                    COUNT(show_rate) AS shown, COUNT(promise_kept_rate) AS promise,
                    COUNT(came_again_rate) AS again,
                    COUNT(variance_percent) AS variance,
                    COUNT(stay_hours) AS stay, COUNT(standard_rate) AS standard
                FROM (%s) report WHERE is_past""",
                query,
            )
        )
        self.assertEqual((row.pop("visits"), row.pop("settled")), (2, 600))
        self.assertEqual(set(row.values()), {0}, row)

    def test_job_that_is_stopped_stays_where_it_was(self):
        self.load_rows(self.takeover, [a_row(f"WX{number}") for number in range(4)])
        self.check(self.takeover)
        self.takeover.action_take_over()
        self.takeover.sudo()._work(2)
        self.takeover.action_stop()
        self.assertFalse(self.takeover.sudo()._work(2))
        self.assertEqual((self.takeover.visit_count, self.takeover.row_count), (2, 2))
        self.take(self.takeover)
        self.assertEqual((self.takeover.visit_count, self.takeover.state), (4, "done"))

    def test_take_over_is_taken_back_as_a_whole(self):
        before = self.counts()
        rows = [
            a_row("A"),
            a_row("B", odometer="24000", date_arrived="2025-09-01", date_delivered=""),
            a_row(
                "B",
                description="刹车盘",
                is_declined="是",
                odometer="",
                date_arrived="",
            ),
        ]
        for row in rows[1:]:
            row["date_delivered"] = ""
        self.take_rows(*rows)
        self.assertEqual(self.vehicle.last_reception_date, date(2025, 9, 1))
        self.takeover.action_take_back()
        self.work(self.takeover, 1)
        self.assertEqual((self.takeover.state, self.takeover.visit_count), ("open", 0))
        self.assertEqual(self.vehicle.last_odometer, 0)
        self.assertFalse(self.vehicle.last_reception_date)
        self.assertFalse(self.env["dealer.past.line"].search([]))
        self.assertEqual(self.counts(), before)
        # the file, with its columns put right
        self.take_rows(*rows)
        self.assertEqual(self.takeover.visit_count, 2)

    def test_visit_that_another_refers_to_is_not_taken_back(self):
        first, second = self.take_rows(
            a_row("A"),
            a_row("B", date_arrived="2025-03-02", date_delivered="2025-03-02"),
        ).sorted("date_arrived")
        visit = self.make_reception(state="arrived")
        visit._write_by_method({"is_comeback": True, "comeback_of_id": second.id})
        self.takeover.action_take_back()
        self.work(self.takeover)
        self.assertFalse(first.exists())
        self.assertEqual(self.takeover.reception_ids, second)

    def test_a_batch_costs_the_same_queries_whatever_its_size(self):
        """Opening hours were asked for each visit, and declined work came singly."""
        queries = {}
        for count in (5, 5, 60):
            # the first fills what is kept between batches
            plates = [f"皖BQ{count}{number:02}" for number in range(count)]
            known = self.env["fleet.vehicle"].search([("plate_key", "in", plates)])
            if not known:
                self.make_vehicles(*({"license_plate": plate} for plate in plates))
            takeover = self.begin()
            number = f"Q{takeover.id}-{{}}"
            rows = [a_row(number.format(p), license_plate=p) for p in plates]
            rows += [
                a_row(number.format(p), license_plate=p, is_declined="是")
                for p in plates
            ]
            self.load_rows(takeover, rows)
            self.check(takeover)
            takeover.action_take_over()
            before = self.env.cr.sql_log_count
            takeover.sudo()._work(100)
            queries[count] = self.env.cr.sql_log_count - before
            takeover.invalidate_recordset()
            self.assertEqual(takeover.visit_count, count)
        self.assertLessEqual(queries[60], queries[5] + 3, queries)
