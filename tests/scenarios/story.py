"""The house in which the stories happen: advisors, mechanics, an inspector, a slot."""

from contextlib import contextmanager
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command

from ..common import what_opens
from ..dealer_service.booking.booking_common import BookingCase
from ..signature import SIGNATURE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
    "AAAABJRU5ErkJggg=="
)


class StoryCase(BookingCase):
    """Everybody acts as himself: nobody has more rights than on a working day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.technicians.dealer_role = False
        cls.mechanic = cls.make_technician(
            cls.technician, calendar_id=cls.calendar.id, company_id=cls.company.id
        )
        cls.mate_user = cls.make_user("mate", "technician")
        cls.mate = cls.make_technician(
            cls.mate_user, calendar_id=cls.calendar.id, company_id=cls.company.id
        )
        cls.inspector = cls.make_user("inspector", "technician")
        cls.cashier = cls.make_cashier()
        cls.oil = cls.make_product("机油更换工时", price=90.0, dealer_hours=0.5)
        cls.filter = cls.make_product("机油滤清器", "part", 38.0)
        cls.pads = cls.make_product("前制动片", "part", 368.0)
        cls.pads_labour = cls.make_product(
            "更换前制动片工时",
            price=180.0,
            dealer_hours=1.0,
            system_id=cls.env.ref("dealer_service.dealer_vehicle_system_brakes").id,
        )
        cls.tyre = cls.make_product(
            "轮胎",
            "part",
            620.0,
            system_id=cls.env.ref("dealer_service.dealer_vehicle_system_tyres").id,
        )

    @classmethod
    def make_cashier(cls):
        user = cls.make_user("cashier", "technician")
        user.group_ids = [
            Command.set(
                [
                    cls.env.ref("base.group_user").id,
                    cls.env.ref("account.group_account_invoice").id,
                ]
            )
        ]
        return user

    @contextmanager
    def later(self, **delta):
        """Go on at a later moment of the same story."""
        self.now = getattr(self, "now", fields.Datetime.now()) + timedelta(**delta)
        with freeze_time(self.now):
            self.env.invalidate_all()
            yield

    # ------------------------------------------------------------------
    # WHAT PEOPLE DO
    # ------------------------------------------------------------------

    def arrive_by_plate(self, plate, **values):
        """The advisor types the plate and taps “arrived”."""
        arrival = (
            self.env["dealer.arrival"]
            .with_user(self.advisor)
            .create({"query": plate, **values})
        )
        action = what_opens(arrival.action_arrive())
        return self.Reception.with_user(self.advisor).browse(action["res_id"])

    def walk_around(self, visit, km, words="机油该换了。"):
        """Greet, write the concern, walk around, sign."""
        visit.action_greet()
        if not visit.concern_ids:
            visit.concern_ids = [Command.create({"name": words})]
        visit.write({"odometer": km, "fuel_level": 60})
        self.tick(visit)
        visit.inspection_id.action_sign(SIGNATURE, visit.contact_id.name)
        visit.action_inspect()

    def agree(self, visit, *products, hours=2, **order_values):
        """Estimate, explanation, consent, promise."""
        order = (
            self.env["sale.order"]
            .with_user(self.advisor)
            .create(
                {
                    "reception_id": visit.id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in products
                    ],
                    **order_values,
                }
            )
        )
        order.action_record_consent("in_person", visit.contact_id.name)
        if not visit.date_promised:
            visit.date_promised = fields.Datetime.now() + timedelta(hours=hours)
        return order

    def authorize_visit(self, visit):
        self.tick(visit)
        visit.action_authorize()

    def work(self, visit, mechanic=None):
        """The mechanic carries out the open jobs, on the own tablet."""
        mechanic = mechanic or self.mechanic
        jobs = visit.job_ids.filtered(lambda job: job.state != "done")
        if not jobs:
            # only parts: nobody logs time on them, the advisor starts the work
            return visit.action_start()
        jobs.technician_id = mechanic
        for job in jobs.with_user(mechanic.user_id):
            job.action_start()
            job.action_done()
        return visit.invalidate_recordset()

    def check_quality(self, visit, **final):
        """Self, team and final check, each signed by who may."""
        for level, user in (
            ("self", self.mechanic.user_id),
            ("team", self.mate_user),
            ("final", self.inspector),
        ):
            values = final if level == "final" else {}
            self.env["dealer.quality.check"].with_user(user).create(
                {"reception_id": visit.id, "level": level, **values}
            )
        visit.invalidate_recordset()

    def finish(self, visit):
        """From finished work to the handed-over key."""
        self.tick(visit)
        visit.action_finish()
        self.check_quality(visit)
        self.deliver(visit)

    def deliver(self, visit):
        """From the passed check to the handed-over key."""
        self.tick(visit)
        visit.action_ready()
        self.tick(visit)
        # settled beside agreed is looked at together
        visit.action_open_settlement()
        visit.action_settle()
        self.tick(visit)
        visit._sign_delivery(SIGNATURE, visit.contact_id.name)
        visit.action_deliver()
