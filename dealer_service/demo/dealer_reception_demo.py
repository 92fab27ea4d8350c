"""The visits of the demo dealership, carried out by the process itself.

Only the loading of the demo data calls this. Each visit goes through the methods that
the advisors' buttons call, so the demo shows what the software does and nothing else;
then its times are moved to where they belong, seen from *now* and in opening hours.
"""

import random
from datetime import timedelta

from odoo import api, fields, models

from .notices import forget_notices
from .visit_rows import (
    BELONGINGS,
    BOOKED,
    CALLED_OFF,
    FIRST_SERVICE,
    IN_HOUSE,
    LATE_PARTS,
    LEFT,
    LEFT_OWING,
    MISSED,
    PAST,
    RATINGS,
    SIGNATURE,
)

ORDER = ("arrived", "inspected", "authorized", "working", "quality", "ready")
ORDER += ("settled", "delivered")


class DealerReception(models.Model):
    """Loading of the demo visits."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    @api.model
    def _load_demo(self):
        """Visits in every state, around the present moment. Loads once."""
        if self.search_count([("vehicle_id", "=", self._demo("vehicle_01").id)]):
            return
        self = self.with_context(lang=self.env.company.partner_id.lang)
        dice = random.Random(4)
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        self._demo_cars(dice)
        shop = self.env.company
        # what was to be done for first visitors of the past has been done
        plan, shop.dealer_first_visit_plan_id = shop.dealer_first_visit_plan_id, False
        # in the order of their days, as their numbers are
        for days, number, package, words, payer in PAST:
            day = now - timedelta(days=days)
            arrived = self._demo_day(day.replace(hour=1 + dice.randrange(6), minute=15))
            visit = self._demo_visit(number, package, words, arrived)
            visit._demo_carry_out("delivered", arrived, dice, payer)
            visit._demo_rate(dice)
        is_open = self._demo_is_open(now)
        gone = [(130, self._demo_left_owing), (75, self._demo_left)]
        for minutes, state, number, package, words, waits in IN_HOUSE:
            while gone and gone[0][0] > minutes:
                came, leave = gone.pop(0)
                leave(now, self._demo_clock(now, -came))
            arrived = self._demo_clock(now, -minutes)
            visit = self._demo_visit(number, package, words, arrived)
            visit.is_waiting = waits and (is_open or state == "delivered")
            visit._demo_carry_out(state, arrived, dice)
        self._demo_bookings()
        self._demo_exceptions(now)
        shop.dealer_first_visit_plan_id = plan
        self._demo_guests()
        forget_notices(self.env)

    def _demo_cars(self, dice):
        """When each car was sold, and what falls due when, seen from today."""
        today = fields.Date.today()
        came = {number: days for days, number, *_row in reversed(PAST)}
        for number in range(1, 61):
            car = self._demo(f"vehicle_{number:02d}")
            sold = today.replace(year=int(car.model_year), month=1, day=5)
            sold += timedelta(days=dice.randrange(10, 300))
            sold = min(sold, today - timedelta(days=20))
            if number in came:
                sold = min(sold, today - timedelta(days=came[number] + 200))
            if number in FIRST_SERVICE:
                sold = today - timedelta(days=FIRST_SERVICE[number])
            car.write(
                {
                    "sale_date": sold,
                    "insurance_expiry": today + timedelta(days=dice.randrange(5, 360)),
                    "inspection_expiry": today
                    + timedelta(days=dice.randrange(20, 700)),
                }
            )

    @api.model
    def _demo(self, name):
        return self.env.ref(f"dealer_service.{name}_demo")

    def _demo_advisor(self, number):
        return self.env.ref(f"dealer_service.demo_user_advisor{1 + number % 4}")

    def _demo_book(self, number, package, words, after):
        """Book the next free slot of the advisor of the car ``number``."""
        advisor = self._demo_advisor(number)
        hours = self._demo(f"sale_order_template_{package}").dealer_hours
        slots = self.env.company._dealer_free_slots(after, hours, advisor, limit=1)
        return self._demo_visit(number, package, words, date_appointment=slots[0])

    def _demo_visit(self, number, package, words, arrived=None, **values):
        """A visit of the car ``number``, which arrived then unless it is booked."""
        car = self._demo(f"vehicle_{number:02d}")
        if arrived:
            day = self.env.company._dealer_day(arrived)
            words = words.format(km=self._demo_service_km(car, day))
            self = self.with_context(ir_sequence_date=fields.Date.to_string(day))
            values["state"] = "arrived"
        visit = self.create(
            {
                "vehicle_id": car.id,
                "partner_id": car.owner_id.id,
                "advisor_id": self._demo_advisor(number).id,
                "package_id": self._demo(f"sale_order_template_{package}").id,
                "concern_ids": [fields.Command.create({"name": words})],
                **values,
            }
        )
        return visit.with_context(ir_sequence_date=False)

    @api.model
    def _demo_odometer(self, car, day):
        """What the car shows on a day: each is driven as many kilometres every day."""
        per_day = 18 + int(car.vin_sn[-4:]) % 23
        return 40 + (day - car.sale_date).days * per_day

    def _demo_service_km(self, car, day):
        """The regular service nearest to what the car shows, as customers say it."""
        km = max(round(self._demo_odometer(car, day) / 5000) * 5000, 5000)
        return f"{km / 10000:g}万公里" if km >= 10000 else f"{km}公里"

    # ------------------------------------------------------------------
    # THE STEPS
    # ------------------------------------------------------------------

    def _demo_carry_out(self, target, arrived, dice, payer="customer"):
        """Carry out the process up to ``target``, as the staff would."""
        self._demo_answer_claims(arrived)
        pace = dice.uniform(0.85, 1.2) if target == "delivered" else 1.0
        times = self._demo_times(arrived, pace)
        self.action_greet()
        for state in ORDER[1 : ORDER.index(target) + 1]:
            self._demo_tick(dice)
            if state == "authorized":
                self._demo_estimate(payer)
            getattr(self, f"_demo_to_{state}")(times, dice)
        self._demo_move(times, dice)
        self._demo_bill()
        self._demo_claim()

    def _demo_tick(self, dice):
        """Most standards are carried out; which are not shows the weak links.

        Those with an evidence are not ticked: the visit shows them.
        """
        for check in self.check_ids.filtered(
            lambda check: not check.is_done and not check.evidence
        ):
            if check.is_blocking or dice.random() < 0.85:
                check.with_user(self.advisor_id).action_done()

    def _demo_to_inspected(self, times, dice):
        day = self.env.company._dealer_day(times["date_arrived"])
        self.write(
            {
                "odometer": self._demo_odometer(self.vehicle_id, day),
                "fuel_level": dice.choice([25, 40, 55, 75, 90]),
                "keep_old_parts": dice.random() < 0.3,
                "belongings": dice.choice(BELONGINGS),
            }
        )
        kinds = ("scratch", "dent", "chip")
        self.env["dealer.damage.mark"].create(
            [
                {
                    "reception_id": self.id,
                    "zone": dice.choice(["front", "left", "right", "rear"]),
                    "x": dice.randrange(15, 85),
                    "y": dice.randrange(30, 70),
                    "kind": dice.choice(kinds),
                }
                for _number in range(dice.randrange(3))
            ]
        )
        self.inspection_id.action_sign(SIGNATURE, self.contact_id.name)
        self.action_inspect()

    def _demo_estimate(self, payer):
        if payer == "insurance":
            self.insurance_partner_id = self._demo("partner_insurer")
        order = self._create_order(dealer_payer=payer)
        order.order_line = self.package_id._demo_lines()

    def _demo_to_authorized(self, times, dice):
        self.date_promised = fields.Datetime.now() + timedelta(hours=3)
        self.order_ids.action_record_consent("in_person", self.contact_id.name)
        self.action_authorize()

    def _demo_to_working(self, times, dice):
        jobs = self.job_ids
        technicians, bays = (
            dice.sample(self._demo_free(role, times), len(jobs))
            for role in ("technician", "bay")
        )
        for job, technician, bay in zip(jobs, technicians, bays, strict=True):
            job.action_assign(bay_id=bay.id, technician_id=technician.id)
            job.action_start()

    def _demo_free(self, role, times):
        """The technicians or bays that are not at work between these times.

        When all of them are, those who are not at work any more: in a forenoon each
        bay has had its car.
        """
        logs = self.env["dealer.work.log"].search(
            [
                ("date_start", "<", times["date_finished"]),
                "|",
                ("date_stop", "=", False),
                ("date_stop", ">", times["date_started"]),
            ]
        )
        everybody = self.env["resource.resource"].search([("dealer_role", "=", role)])
        for busy in (logs, logs.filtered(lambda log: not log.date_stop)):
            free = everybody - busy.technician_id - busy.job_id.bay_id
            if free:
                break
        return list(free)

    def _demo_to_quality(self, times, dice):
        self.job_ids.action_done()
        self.action_finish()

    def _demo_to_ready(self, times, dice):
        workers = self._workers()
        colleagues = [self.env.ref(f"dealer_service.demo_user_tech{n}") for n in (7, 8)]
        colleague = next(user for user in colleagues if user not in workers[:1])
        signers = (workers[:1], colleague)
        signers += (self.env.ref("dealer_service.demo_user_inspector"),)
        for level, user in zip(("self", "team", "final"), signers, strict=True):
            self.env["dealer.quality.check"].create(
                {"reception_id": self.id, "level": level, "user_id": user.id}
            )
        self._demo_tick(dice)
        self.action_ready()

    def _demo_to_settled(self, times, dice):
        self._demo_issue_parts()
        if dice.random() < 0.85:
            self.action_open_settlement()
        self._demo_redeem(times)
        # what the settlement makes is numbered by its day
        day = self.env.company._dealer_day(times["date_settled"])
        self.with_context(ir_sequence_date=fields.Date.to_string(day)).action_settle()

    def _demo_issue_parts(self):
        """With ``sale_stock``, the parts counter hands out what was agreed to."""
        lines = self.order_ids.order_line
        if "move_ids" not in lines._fields:
            return
        moves = lines.move_ids.filtered(lambda move: move.state != "cancel")
        for move in moves:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        moves._action_done()

    def _demo_to_delivered(self, times, dice):
        self._sign_delivery(SIGNATURE, self.contact_id.name)
        self.action_deliver()

    def _demo_rate(self, dice):
        """Two of three customers answer, most of them content."""
        rate, words = dice.choice(RATINGS)
        if rate:
            token = self._rating_get_access_token()
            self.rating_apply(rate, token=token, feedback=words)

    # ------------------------------------------------------------------
    # BOOKINGS AND WHAT DID NOT GO AS PLANNED
    # ------------------------------------------------------------------

    def _demo_bookings(self):
        """Book the next free slots; the first ones are prepared already."""
        now = fields.Datetime.now()
        for row, (number, package, words) in enumerate(BOOKED):
            after = now + timedelta(hours=row)
            visit = self._demo_book(number, package, words, after)
            visit._demo_parts(row)
            if row < 3:
                visit.check_ids.filtered(lambda c: not c.evidence).action_done()
                visit.action_prepare()

    def _demo_parts(self, row):
        """Those of the first bookings lie ready, those of one come too late."""
        self.action_list_parts()
        parts = self.part_ids
        if row < 3:
            parts.action_lay_out()
        elif row == LATE_PARTS:
            day = self.company_id._dealer_day(self.date_appointment)
            parts.date_expected = day + timedelta(days=2)
            parts.action_order()
        elif row % 2:
            parts.action_here()

    def _demo_left(self, now, arrived):
        """A customer who left before anything was done."""
        left = self._demo_visit(LEFT, "tyres", "左后轮慢漏气。", arrived)
        left._demo_carry_out("inspected", arrived, random.Random(LEFT))
        left.action_leave("wait", "等了一个小时还没有空工位，改天再来。")
        left._write_by_method({"date_left": self._demo_clock(now, -10)})

    def _demo_left_owing(self, now, arrived):
        """A customer who left while the car was worked on, and owes for it."""
        owing = self._demo_visit(LEFT_OWING, "minor", "常规保养。", arrived)
        owing._demo_carry_out("working", arrived, random.Random(LEFT_OWING))
        owing.action_leave("time", "孩子生病，要马上去医院；机油已经换好。")
        owing._write_by_method({"date_left": self._demo_clock(now, -15)})

    def _demo_exceptions(self, now):
        """A no-show, a cancelled visit, and a supplement that waits for its answer."""
        missed = self._demo_book(MISSED, "minor", "常规保养。", now)
        missed._write_by_method(
            {
                "date_appointment": self._demo_clock(now, -120),
                "date_booked": self._demo_clock(now, -480),
            }
        )
        missed.action_no_show()
        called_off = self._demo_book(CALLED_OFF, "climate", "空调清洗。", now)
        called_off.action_cancel()
        working = self.search([("state", "=", "working")], limit=1)
        supplement = working._create_order(
            dealer_kind="supplement",
            dealer_reason="拆检发现前制动片仅剩2毫米，建议立即更换。",
        )
        for name in ("labour_brake_pads_front", "part_brake_pads_front_part"):
            supplement.order_line = [
                fields.Command.create({"product_id": self._demo(f"product_{name}").id})
            ]
