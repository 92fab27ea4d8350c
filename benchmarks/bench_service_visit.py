"""A full visit, booked to delivered, beside core's repair, its order and invoice: the
time, the queries, and the rows that are left."""

from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user

from tests.common import DealerServiceCase
from tests.rows import rows_that_stay, rows_written
from tests.signature import SIGNATURE

from .ratios import compare, table

ROUNDS = 15
#: What a busy shop receives; a booking looks at everything that is booked on its day.
VISITS_A_DAY = 40


class BenchServiceVisit(DealerServiceCase):
    """Two ways from a customer's call to a draft invoice, by users with their rights.

    Both sell the same labour and the same part, by users of the same shop with the
    context that the web client sends. Whatever the way, everything is written in the
    end, messages included.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "repair.order" not in cls.env:
            raise RuntimeError(
                "The peer is not installed; `make bench` installs it in its database."
            )
        cls.company.write(
            {
                "dealer_receptions_per_advisor": 1000,
                "dealer_reserve_walkin_hours": 0.0,
                "dealer_reserve_supplement_hours": 0.0,
            }
        )
        cls.mechanic = cls.make_technician(cls.technician)
        cls.mate = cls.make_user("mate", "technician")
        cls.inspector = cls.make_user("inspector", "technician")
        cls.labour = cls.make_product("更换前制动片工时", price=180.0, dealer_hours=0.1)
        cls.stocked = cls.make_product("前制动片", "part", 368.0, is_storable=True)
        cls.part = cls.stocked
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.stocked, cls.warehouse.lot_stock_id, 1000.0
        )
        cls.repairer = new_test_user(
            cls.env,
            login="repairer",
            groups="stock.group_stock_user,sales_team.group_sale_salesman,"
            "account.group_account_invoice",
            company_ids=[Command.set(cls.company.ids)],
            tz=cls.advisor.tz,
        )
        cls.env = cls.env(
            context={
                "lang": cls.advisor.lang,
                "tz": cls.advisor.tz,
                "allowed_company_ids": cls.company.ids,
            }
        )
        cls.number = 0
        # nobody is written to
        cls.email = False

    def next_car(self):
        """Another customer with another car, and the next free slot."""
        type(self).number += 1
        customer = self.make_partner(name=f"客户{self.number}", email=self.email)
        car = self.make_vehicle(
            owner_id=customer.id, license_plate=f"皖B·X{self.number:04}"
        )
        day = fields.Datetime.now() + timedelta(days=self.number // VISITS_A_DAY)
        slot = self.company._dealer_free_slots(
            day + timedelta(minutes=1), 0.1, self.advisor, limit=1
        )[0]
        # the customer and the car are there before the visit, with their messages
        self.env.cr.flush()
        return car, customer, slot

    # ------------------------------------------------------------------
    # OURS
    # ------------------------------------------------------------------

    def visit(self, prepared):
        """The steps of a visit, each by who takes it."""
        car, customer, slot = prepared
        env = self.env(user=self.advisor)
        visit = env["dealer.reception"].create(
            {
                "vehicle_id": car.id,
                "partner_id": customer.id,
                "date_appointment": slot,
                "planned_hours": 0.1,
                "concern_ids": [Command.create({"name": "刹车有点响。"})],
            }
        )
        yield "book"
        visit.action_arrive()
        yield "arrive"
        visit.action_greet()
        visit.odometer = 20_000
        self.tick(visit)
        yield "greet and tick"
        visit.inspection_id.action_sign(SIGNATURE, customer.name)
        yield "sign the sheet"
        visit.action_inspect()
        yield "inspect"
        order = env["sale.order"].create(
            {
                "reception_id": visit.id,
                "order_line": [
                    Command.create({"product_id": product.id})
                    for product in (self.labour, self.part)
                ],
            }
        )
        yield "estimate"
        order.action_record_consent("in_person", customer.name)
        yield "consent"
        visit.date_promised = fields.Datetime.now() + timedelta(hours=3)
        self.tick(visit)
        visit.action_authorize()
        yield "authorize"
        visit.job_ids.technician_id = self.mechanic
        yield "assign"
        self.tick(visit)
        job = visit.job_ids.with_user(self.technician)
        job.action_start()
        yield "start the job"
        job.action_done()
        yield "end the job"
        self.tick(visit)
        visit.action_finish()
        yield "finish"
        yield from self.check_quality(visit)
        self.tick(visit)
        visit.action_ready()
        yield "ready"
        if self.part == self.stocked:
            self.issue(order)
            yield "issue the part"
        self.tick(visit)
        visit.action_settle()
        yield "settle"
        self.tick(visit)
        visit.action_deliver(unsigned_reason="measured")
        yield "deliver"

    def check_quality(self, visit):
        for level, user in (
            ("self", self.technician),
            ("team", self.mate),
            ("final", self.inspector),
        ):
            self.env["dealer.quality.check"].with_user(user).create(
                {"reception_id": visit.id, "level": level}
            )
            yield f"{level} check"

    def issue(self, order):
        """The parts counter hands the part out."""
        # pickings hang on an order that the counter does not see by its own rights
        pickings = order.with_user(self.repairer).sudo().picking_ids
        pickings.move_ids.picked = True
        pickings._action_done()

    # ------------------------------------------------------------------
    # THE PEER
    # ------------------------------------------------------------------

    def repair(self, prepared):
        """The steps of core's repair, with its quotation and invoice."""
        _car, customer, _slot = prepared
        env = self.env(user=self.repairer)
        repair = env["repair.order"].create(
            {
                "partner_id": customer.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.stocked.id,
                            "product_uom_qty": 1.0,
                            "repair_line_type": "add",
                        }
                    )
                ],
            }
        )
        yield "create"
        repair.action_validate()
        yield "confirm"
        repair.action_create_sale_order()
        order = repair.sale_order_id
        order.order_line = [Command.create({"product_id": self.labour.id})]
        yield "quotation"
        order.action_confirm()
        yield "confirm the order"
        repair.action_repair_start()
        yield "start"
        repair.move_ids.quantity = 1.0
        repair.action_repair_end()
        yield "end"
        order._create_invoices()
        yield "invoice"

    # ------------------------------------------------------------------

    def walk(self, steps, *, each=False, requests=False):
        """Take all steps in one transaction; the messages are written at its end.

        :param bool each: as if each step was committed by itself
        :param bool requests: each step also begins with an empty cache
        """
        for _step in steps:
            if each or requests:
                self.env.cr.flush()
            if requests:
                self.env.invalidate_all()
        self.env.cr.flush()

    def both(self, **how):
        return compare(
            self.env,
            lambda prepared: self.walk(self.visit(prepared), **how),
            lambda prepared: self.walk(self.repair(prepared), **how),
            rounds=ROUNDS,
            setup=self.next_car,
        )

    # ------------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------------

    def rows(self, way):
        """The rows of a way whose steps are committed one by one.

        :return: how many of them by table
        """
        # what is written once a day or once a user is not of this visit
        self.walk(way(self.next_car()), each=True)
        prepared = self.next_car()
        before = rows_written(self.env.cr)
        self.walk(way(prepared), each=True)
        return rows_written(self.env.cr) - before

    def print_rows(self, title, counted):
        """A column for each of the counts, and one line for each table."""
        print(f"\n{title}")
        print(f"{'':44}" + "".join(f"{what:>22}" for what, _rows in counted))
        tables = sorted(
            {table for _what, rows in counted for table in rows},
            key=lambda table: (-counted[0][1][table], table),
        )
        lines = [(table, [rows[table] for _what, rows in counted]) for table in tables]
        lines += [
            ("written", [sum(rows.values()) for _what, rows in counted]),
            ("still there a day later", [rows_that_stay(r) for _what, r in counted]),
        ]
        for what, numbers in lines:
            print(f"{what:44}" + "".join(f"{number or '':>22}" for number in numbers))

    def without_evidence(self):
        """Nothing but the visit, as the peer has nothing but the repair.

        :return: what is proven by what, to be put back
        """
        proven = self.env["dealer.service.standard"].search([("evidence", "!=", False)])
        evidences = {standard: standard.evidence for standard in proven}
        proven.evidence = False
        return evidences

    def test_rows(self):
        self.part = self.make_product("前制动片", "part", 368)
        self.part.type = "service"
        evidences = self.without_evidence()
        bare = self.rows(self.visit)
        counted = [("the visit", bare)]
        for standard, evidence in evidences.items():
            standard.evidence = evidence
        counted.append(("standards proven", self.rows(self.visit)))
        self.without_evidence()
        self.company.dealer_gate_pass = True
        counted.append(("gate pass", self.rows(self.visit)))
        self.company.dealer_gate_pass = False
        self.email = "owner@example.com"
        counted.append(("written to by mail", self.rows(self.visit)))
        self.email = False
        self.part = self.stocked
        counted.append(("part from stock", self.rows(self.visit)))
        self.print_rows(
            "Rows of a visit, and of one with each feature alone; of core's repair",
            [*counted, ("repair (peer)", self.rows(self.repair))],
        )

    # ------------------------------------------------------------------
    # TIME
    # ------------------------------------------------------------------

    def test_full_visit(self):
        ways = (
            ("in one transaction", {}),
            ("a commit after each step", {"each": True}),
            ("a request for each step", {"requests": True}),
        )
        # most dealers keep their parts in the system of the factory
        self.part = self.make_product("前制动片", "part", 368)
        self.part.type = "service"
        evidences = self.without_evidence()
        table(
            f"Booked to delivered, our part not kept in Odoo's warehouse (the peer's"
            f" always is), standards ticked; median of {ROUNDS}",
            [(what, *self.both(**how)) for what, how in ways],
        )
        for standard, evidence in evidences.items():
            standard.evidence = evidence
        table(
            f"The same, {len(evidences)} standards proven by facts",
            [(what, *self.both(**how)) for what, how in ways],
        )
        self.part = self.stocked
        table(
            "The same, and the part from the warehouse",
            [(what, *self.both(**how)) for what, how in ways],
        )
