"""The visits of the demo dealership, carried out by the process itself.

Only the loading of the demo data calls this. Each visit goes through the methods that
the advisors' buttons call, so the demo shows what the software does and nothing else;
then its times are moved to where they belong, seen from *now* and in opening hours.
"""

import random
from datetime import timedelta

from odoo import api, fields, models

from ..models.common.dealer_reception_states import STAMPS
from .notices import forget_notices

#: Minutes after the arrival at which a visit reaches each of its steps.
STEP_MINUTES = {
    "date_arrived": 0,
    "date_greeted": 2,
    "date_inspected": 14,
    "date_authorized": 24,
    "date_started": 38,
    "date_finished": 125,
    "date_passed": 137,
    "date_ready": 152,
    "date_settled": 163,
    "date_delivered": 170,
}
ORDER = ("arrived", "inspected", "authorized", "working", "quality", "ready")
ORDER += ("settled", "delivered")

#: Cars of today: state, minutes since the arrival, package, concern, customer waits.
IN_HOUSE = (
    ("arrived", 3, "minor", "到了五千公里，做首次保养。", True),
    ("arrived", 9, "diagnosis", "仪表盘发动机故障灯亮，加速无力。", True),
    ("inspected", 22, "brakes", "踩刹车时前轮有尖锐的异响，低速更明显。", True),
    ("inspected", 26, "climate", "开空调有一股霉味，制冷也没以前凉。", False),
    ("authorized", 40, "major", "三万公里大保养，顺便检查一下底盘。", True),
    ("authorized", 55, "tyres", "右前轮胎鼓包，方向盘有点跑偏。", False),
    ("working", 70, "major", "做保养，最近油耗偏高，帮忙看看。", True),
    ("working", 95, "discs", "高速刹车时方向盘抖动。", True),
    ("working", 120, "gearbox", "换挡有顿挫感，冷车时明显。", False),
    ("working", 180, "shock", "过减速带前面有咯噔咯噔的响声。", False),
    ("quality", 150, "minor", "常规保养，机油用全合成的。", True),
    ("quality", 165, "battery", "早上打不着火，搭电才启动。", False),
    ("ready", 175, "minor", "做保养，洗一下车。", True),
    ("settled", 190, "climate", "清洗空调，换空调滤芯。", False),
    ("delivered", 240, "minor", "做个小保养，下午要出远门。", True),
    ("delivered", 260, "brakes", "刹车片快磨完了，要求更换。", False),
)
#: Cars of the past: days ago, package, concern. Each comes to one of the customers.
PAST = (
    (3, "minor", "常规保养。"),
    (4, "diagnosis", "倒车影像偶尔黑屏。"),
    (6, "major", "大保养，检查刹车。"),
    (8, "brakes", "刹车有异响。"),
    (11, "climate", "空调不凉。"),
    (13, "tyres", "轮胎被扎，更换轮胎。"),
    (17, "minor", "首次保养。"),
    (21, "battery", "停了两周打不着火。"),
    (26, "gearbox", "换变速箱油。"),
    (33, "major", "四万公里保养。"),
    (41, "bumper", "后保险杠刮花，要求喷漆。"),
    (52, "minor", "常规保养。"),
    (64, "shock", "底盘异响。"),
    (80, "minor", "常规保养。"),
    (101, "discs", "刹车抖动。"),
    (130, "major", "大保养。"),
)
#: Booked from now on: package and wish, in the order of the next free slots.
BOOKED = (
    ("minor", "做保养，想坐在休息区等。"),
    ("major", "六万公里大保养。"),
    ("climate", "夏天前清洗一下空调。"),
    ("diagnosis", "蓝牙连接不上，车机偶尔重启。"),
    ("tyres", "前轮吃胎，想做四轮定位。"),
    ("brakes", "检查刹车片。"),
    ("minor", "首次保养。"),
    ("bumper", "前保险杠剐蹭，走保险。"),
    ("battery", "蓄电池三年了，检测一下。"),
    ("gearbox", "换变速箱油。"),
)
#: A signature as the tablet stores it: a stroke on white, PNG.
SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAPAAAABQAQAAAAAPMsXRAAABoElEQVR42u2UPU7DQBCFX0ykREKKOEAk"
    "+xhU2B1XoOQmGyrKHCEUOYhBSElHRx3JlqBMggQ2Wu2jmPXPrIQr6DJSipfP+zNvZmdEDEWEEz7h/8FP"
    "IacKpFrr1bXZ6cVjjRcXQ2cfcTmES8yH8BSznspDnGPaU7dhYjGrnkqDxJhgvOhUeLbL+tplweaWdGlf"
    "6c0tMFJKb17763YqCk3IlFJ473+dirSnQKJUixMAWwBVz+EuMTshGZP8ahNbkmzw4SAu8oMkrfEfR5If"
    "Xs8TEAAcADzfAUzk7E8AvDl7x3cGYAKA1/lCPAVZy257HhorrXEpLeXsimRFWlOQpDNk1ZY2km6sgeih"
    "BMT0Glij9n3uDFmQRNw0QUEeWPjVI+/QXqqxA0pggrJ5JSn50hV9RS5Ja2J/NcbiUGdWTBKmwSv5w8dG"
    "OuaxfWN7caitjcsAXLUvdCMe+yj6zQySb+JQUxxxr3vAVqriY4Kjbq+Zd8g/6UWpsfoeUb7Vw8OaezVA"
    "Yn01l8Z9nBuNOQ8GTjB61tlvc21EANV0EJ/G/Qn/Bf4BgO7+zTM9sIcAAAAASUVORK5CYII="
)


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
        cars = iter(range(1, 61))
        self._demo_cars(dice)
        for days, package, words in PAST:
            start = now.replace(hour=1 + dice.randrange(6), minute=15)
            start = self._demo_clock(start - timedelta(days=days), 15)
            visit = self._demo_visit(next(cars), package, words, dice)
            visit._demo_drive("delivered", dice)
            visit._demo_move(start, dice)
            visit._demo_rate(dice)
        for number, (state, minutes, package, words, waits) in enumerate(IN_HOUSE):
            # every second car of today has been here before
            car = next(cars) if number % 2 else number + 1
            visit = self._demo_visit(car, package, words, dice)
            visit.is_waiting = waits
            visit._demo_drive(state, dice)
            visit._demo_move(self._demo_clock(now, -minutes), dice)
        self._demo_bookings(cars, dice)
        self._demo_exceptions(cars, dice, now)
        forget_notices(self.env)

    @api.model
    def _demo_clock(self, moment, minutes):
        """``minutes`` of opening hours after ``moment``, or before it (both UTC).

        The shop of the demo works when it is open: whatever the hour at which the demo
        is loaded, its board is full, and no car came in the middle of the night.
        """
        calendar = self.env.company._dealer_calendar()
        found = calendar.plan_hours(minutes / 60.0, moment, compute_leaves=True)
        return found or moment + timedelta(minutes=minutes)

    def _demo_cars(self, dice):
        """When each car was sold, and what falls due when, seen from today."""
        today = fields.Date.today()
        for number in range(1, 61):
            car = self._demo(f"vehicle_{number:02d}")
            sold = today.replace(year=int(car.model_year), month=1, day=5)
            sold += timedelta(days=dice.randrange(10, 300))
            car.write(
                {
                    "sale_date": min(sold, today - timedelta(days=20)),
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

    def _demo_book(self, number, package, words, dice, after):
        """Book the next free slot of the advisor of the car ``number``."""
        advisor = self._demo_advisor(number)
        hours = self._demo(f"sale_order_template_{package}").dealer_hours
        slots = self.env.company._dealer_free_slots(after, hours, advisor, limit=1)
        return self._demo_visit(number, package, words, dice, date_appointment=slots[0])

    def _demo_visit(self, number, package, words, dice, **values):
        """A visit of the car ``number``, arrived unless it is booked."""
        car = self._demo(f"vehicle_{number:02d}")
        return self.create(
            {
                "vehicle_id": car.id,
                "partner_id": car.owner_id.id,
                "advisor_id": self._demo_advisor(number).id,
                "package_id": self._demo(f"sale_order_template_{package}").id,
                "concern_ids": [fields.Command.create({"name": words})],
                **({"state": "arrived"} if not values else {}),
                **values,
            }
        )

    # ------------------------------------------------------------------
    # THE STEPS
    # ------------------------------------------------------------------

    def _demo_drive(self, target, dice):
        """Carry out the process up to ``target``, as the staff would."""
        if not self.date_greeted:
            self.action_greet()
        for state in ORDER[1 : ORDER.index(target) + 1]:
            self._demo_tick(dice)
            getattr(self, f"_demo_to_{state}")(dice)

    def _demo_tick(self, dice):
        """Most standards are carried out; which are not shows the weak links."""
        for check in self.check_ids.filtered(lambda check: not check.is_done):
            if check.is_blocking or dice.random() < 0.85:
                check.with_user(self.advisor_id).action_done()

    def _demo_to_inspected(self, dice):
        years = max(fields.Date.today().year - int(self.vehicle_id.model_year), 0)
        odometer = 3200 + years * 11500 + dice.randrange(6000)
        since = dice.randrange(400, 5000)
        self.write(
            {
                "odometer": max(odometer, self.vehicle_id.last_odometer + since),
                "fuel_level": dice.choice([25, 40, 55, 75, 90]),
                "keep_old_parts": dice.random() < 0.3,
                "belongings": dice.choice(["", "后备箱：儿童座椅一个", "雨伞一把"]),
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

    def _demo_to_authorized(self, dice):
        order = self._create_order()
        order.order_line = [
            fields.Command.create(
                {
                    "product_id": line.product_id.id,
                    "product_uom_qty": line.product_uom_qty,
                }
            )
            for line in self.package_id.sale_order_template_line_ids
        ]
        self.date_promised = fields.Datetime.now() + timedelta(hours=3)
        order.action_record_consent("in_person", self.contact_id.name)
        self.action_authorize()

    def _demo_to_working(self, dice):
        bays = dice.sample(range(1, 9), 8)
        for bay, job in zip(bays, self.job_ids, strict=False):
            job.action_assign(bay_id=self._demo(f"resource_bay_{bay}").id)
            self._demo_assign_idle(job, dice)
            job.action_start()

    def _demo_assign_idle(self, job, dice):
        """Give the job to somebody who is not working on another one."""
        for number in dice.sample(range(1, 9), 8):
            technician = self._demo(f"resource_technician_{number}")
            if not self.env["dealer.work.log"].search_count(
                [("technician_id", "=", technician.id), ("date_stop", "=", False)]
            ):
                job.action_assign(technician_id=technician.id)
                return

    def _demo_to_quality(self, dice):
        self.job_ids.action_done()
        self.action_finish()

    def _demo_to_ready(self, dice):
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

    def _demo_to_settled(self, dice):
        self.action_settle()

    def _demo_to_delivered(self, dice):
        self._sign_delivery(SIGNATURE, self.contact_id.name)
        self.action_deliver()

    def _demo_rate(self, dice):
        """Two of three customers answer, most of them content."""
        rate, words = dice.choice(
            [
                (5, "服务很好，讲解清楚。"),
                (5, "提前完工，满意。"),
                (3, "等的时间有点长。"),
                (1, "说好两小时，等了快四个小时。"),
                (5, ""),
                (0, ""),
                (0, ""),
            ]
        )
        if rate:
            token = self._rating_get_access_token()
            self.rating_apply(rate, token=token, feedback=words)

    # ------------------------------------------------------------------
    # MOVING A VISIT IN TIME
    # ------------------------------------------------------------------

    def _demo_move(self, arrived, dice):
        """Move all times of a visit to an arrival at ``arrived`` (UTC)."""
        pace = dice.uniform(0.85, 1.2) if self.date_delivered else 1.0
        now = fields.Datetime.now()
        times = {
            stamp: min(self._demo_clock(arrived, minutes * pace + 0.1), now)
            for stamp, minutes in STEP_MINUTES.items()
            if self[stamp]
        }
        self.write({stamp: times[stamp] for stamp in STAMPS if stamp in times})
        if self.date_promised:
            promised = self._demo_clock(arrived, dice.choice([150, 180, 180, 210]))
            self._write_by_method(
                {"date_promised": promised, "date_promised_first": promised}
            )
        for job in self.job_ids:
            job._write_by_method(
                {
                    "date_started": job.date_started and times["date_started"],
                    "date_done": job.date_done and times.get("date_finished"),
                    "date_planned_start": times.get(
                        "date_started", self._demo_clock(now, 15)
                    ),
                }
            )
            for log in job.log_ids:
                log._write_by_method(
                    {
                        "date_start": times["date_started"],
                        "date_stop": log.date_stop and times.get("date_finished"),
                    }
                )
        if self.date_delivered:
            if self.id % 4:
                # three of four had an appointment, and kept it
                self._write_by_method({"date_appointment": arrived})
            self.vehicle_id.write(
                {
                    "last_reception_date": False,
                    "next_service_date": False,
                    "next_service_odometer": 0,
                }
            )
            self._tell_car()
        for order in self.order_ids:
            order._write_by_method({"consent_date": times["date_authorized"]})
        for invoice in self.invoice_ids:
            invoice.invoice_date = times["date_settled"].date()
            invoice.action_post()

    # ------------------------------------------------------------------
    # BOOKINGS AND WHAT DID NOT GO AS PLANNED
    # ------------------------------------------------------------------

    def _demo_bookings(self, cars, dice):
        """Book the next free slots; the first ones are prepared already."""
        now = fields.Datetime.now()
        for number, (package, words) in enumerate(BOOKED):
            after = now + timedelta(hours=number)
            visit = self._demo_book(next(cars), package, words, dice, after)
            if number < 3:
                visit.check_ids.action_done()
                visit.action_prepare()

    def _demo_exceptions(self, cars, dice, now):
        """A no-show, a cancelled visit, and a supplement that waits for its answer."""
        missed = self._demo_book(next(cars), "minor", "常规保养。", dice, now)
        missed._write_by_method(
            {
                "date_appointment": self._demo_clock(now, -120),
                "date_booked": self._demo_clock(now, -480),
            }
        )
        missed.action_no_show()
        called_off = self._demo_book(next(cars), "climate", "空调清洗。", dice, now)
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
