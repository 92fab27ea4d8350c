"""One visit at the screens, from the booking to the key, each person at the own device.

Nothing is done behind the screens: what one step leaves is what the next one finds.
"""

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...dealer_service.workshop.workshop_case import WorkshopCase
from .hand import ENTRY
from .walk_case import DESK, PHONE, TABLET, WalkCase

MODAL = ".modal"
HEADER = ".o_form_view .o_form_statusbar button"
PAD = f"{MODAL} .o_dealer_drawn_signature canvas"
CARD = ".o_dealer_my_jobs .o_kanban_record:not(.o_kanban_ghost)"
OPEN = ".o_dealer_open_standards"
LEFT = ".o_damage_zone[data-zone=left] .o_damage_drawing"


@tagged("post_install", "-at_install")
class TestOneVisit(WalkCase, WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls.make_user("inspector", "technician")
        cls.till = new_test_user(
            cls.env, login="till", groups="account.group_account_invoice"
        )
        users = cls.inspector | cls.till
        users.write({"lang": "zh_CN", "tour_enabled": False})
        cls.mechanic.name, cls.colleague.name = "李师傅", "王师傅"
        labour = cls.make_product("小保养工时", price=160.0, dealer_hours=0.8)
        oil = cls.make_product("机油4L", "part", 298.0)
        cls.make_product("雨刮片", "part", 120.0)
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "小保养套餐",
                "sale_order_template_line_ids": [
                    Command.create({"product_id": labour.id}),
                    Command.create({"product_id": oil.id}),
                ],
            }
        )

    @mute_logger("odoo.http")
    def visit(self, device):
        people = (("/odoo", "advisor", device), ("/odoo/visits", "manager", DESK))
        with self.walk(*people) as (advisor, lane):
            self.book(advisor, lane)
            self.receive(advisor, lane)
            self.hear_the_customer(advisor)
            self.walk_around(advisor)
        [visit] = self.vehicle.reception_ids
        self.assert_walked_around(visit)
        path = f"/odoo/visits/{visit.id}"
        people = ((path, "advisor", device), ("/web/login", None, PHONE))
        with self.walk(*people) as (advisor, customer):
            self.estimate(advisor)
            self.decide(advisor, customer)
            self.promise(advisor)
        self.work(visit, device)
        self.check()
        people = ((path, "advisor", device), ("/odoo", "till", DESK))
        with self.walk(*people) as (advisor, cashier):
            self.settle(advisor)
            self.pay(cashier)
            self.hand_over(advisor)
        self.assert_delivered(visit)

    # ------------------------------------------------------------------
    # RECEPTION
    # ------------------------------------------------------------------

    def book(self, hand, lane):
        with hand.job("Book a known car"):
            hand.press("[data-way=book]")
            hand.pick(f"{MODAL} [name=vehicle_id] input", "A1234")
            hand.press(f"{MODAL} .o_dealer_chip:not(.o_dealer_day)")
            hand.press(f"{MODAL} footer button[name=action_book]")
        hand.is_rid_of(MODAL)
        lane.sees("A1234", inside=".o_kanban_record")

    def receive(self, hand, lane):
        hand.goes_to("/odoo")
        with hand.job("Receive a known car"):
            hand.press("[data-way=arrive]")
            box = f"{MODAL} .o_dealer_arrival_query input"
            hand.page.wait(f"document.activeElement.matches('{box}')")
            hand.type("a1234")
            hand.sees("王建国", inside=MODAL)
            hand.press(f"{MODAL} footer button.btn-primary")
        hand.is_at("arrived")
        lane.page.wait_for(".o_kanban_record button.o_lane_next")
        with hand.job("Greet the customer"):
            hand.press("button[name=action_greet]")
        hand.page.wait_for("button[name=action_inspect]")

    def hear_the_customer(self, hand):
        with hand.job("Write down what the customer says"):
            hand.press("[name=concern_ids] .o_cp_buttons button")
            hand.page.wait(f"document.activeElement.matches('{MODAL} textarea')")
            hand.type("刹车有异响")
            hand.press(f"{MODAL} [name=system_id] .o_selection_badge", "制动")
            hand.press(f"{MODAL} .o_form_button_save")
        hand.sees("刹车有异响", inside="[name=concern_ids] .o_kanban_record")

    def walk_around(self, hand):
        with hand.job("Walk around the car: fuel, a lamp, a mark, a photo"):
            hand.fill("[name=odometer] input", "23456")
            hand.press(".o_notebook .nav-link[name=inspection]")
            hand.press(".o_fuel_bar")
            hand.press(".o_lamp_tiles button")
            hand.press(LEFT)
            hand.press(".o_damage_kind[data-kind=dent]")
            hand.choose_file(".o_damage_map input[type=file]", self.take_photo())
            hand.page.wait_for(".o_damage_photo img")
        with hand.job("Have the walk-around signed"):
            hand.press("button[name=action_sign_inspection]")
            hand.sees("A1234", "刹车有异响", inside=MODAL)
            hand.draw(PAD)
            hand.press(f"{MODAL} button[name=action_sign]:not([disabled])")
            hand.is_rid_of(MODAL)
        with hand.job("End the walk-around, standards in the refusal"):
            self.go_on(hand, f"{HEADER}[name=action_inspect]", "防护", "贵重物品")
        hand.is_at("inspected")

    def go_on(self, hand, button, *ticked):
        """What keeps the visit from moving on is ticked where one is told of it."""
        hand.press(button)
        for words in ticked:
            hand.press(f"{OPEN} .o_open_standard[aria-pressed=false]", words)
        if ticked:
            hand.press(f"{OPEN} .btn-primary:not([disabled])")
            hand.is_rid_of(OPEN)

    def assert_walked_around(self, visit):
        self.assertTrue(visit.date_appointment, "the booking is what arrived")
        self.assertTrue(visit.date_greeted)
        self.assertEqual(fields.Date.to_date(visit.date_arrived), fields.Date.today())
        self.assertEqual(visit.state, "inspected")
        self.assertEqual(visit.concern_ids.name, "刹车有异响")
        mark = visit.inspection_id.mark_ids
        self.assertEqual((mark.zone, mark.kind), ("left", "dent"))
        self.assertTrue(mark.photo)
        self.assertTrue(visit.inspection_id.signature)

    # ------------------------------------------------------------------
    # ESTIMATE
    # ------------------------------------------------------------------

    def estimate(self, hand):
        lines = "[name=order_line]"
        with hand.job("Estimate with a package and a line more"):
            hand.press(f"{HEADER}[name=action_open_estimate]")
            hand.pick("[name=sale_order_template_id] input", "小保养套餐")
            hand.sees("机油4L", inside=lines)
            hand.press(f"{lines} .o_field_x2many_list_row_add a")
            box = f"{lines} .o_selected_row [name=product_id] input"
            hand.page.wait(f"document.activeElement.matches('{box}')")
            hand.type("雨刮片")
            hand.press(ENTRY, "雨刮片")
        with hand.job("Show the customer's link and its code"):
            hand.press(f"{HEADER}[name=action_share_link]")
        hand.page.wait_for("[name=dealer_link_qr] :is(svg, img)")

    def decide(self, hand, customer):
        """The customer reads, refuses a line and signs on the own phone."""
        link = hand.page.text("[name=dealer_link]").strip()
        customer.goes_to(link[link.index("/my/") :])
        customer.is_ready()
        with customer.job("Decide line by line and sign by the link"):
            for words, answer in (
                ("小保养工时", "做"),
                ("机油4L", "做"),
                ("雨刮片", "暂"),
            ):
                card = f".o_dealer_choice [aria-label*='{words}']"
                customer.press(f"{card} label", answer)
            customer.press(".o_dealer_choice button[type=submit]")
            customer.is_ready()
            customer.sees("458.00", inside=".o_dealer_amount")
            customer.draw(".o_dealer_drawn_signature canvas")
            customer.press(".o_portal_sign_submit")
        customer.is_ready()
        customer.sees("458.00", inside=".alert-success")

    def promise(self, hand):
        """The advisor hears what the customer decided, and tells him a time."""
        hand.sees("458.00", inside=".o_notification")
        hand.goes_to(hand.page.js("location.pathname"))
        hand.page.wait_for("button[name=action_void_consent]")
        with hand.job("Promise the time that is proposed"):
            hand.press("button[name=action_view_reception]")
            hand.press(f"{HEADER}[name=action_ask_authorization]")
            hand.press(f"{MODAL} footer button[name=action_authorize]")
        hand.is_at("authorized")

    # ------------------------------------------------------------------
    # WORKSHOP
    # ------------------------------------------------------------------

    def work(self, visit, device):
        path = f"/odoo/visits/{visit.id}"
        people = ((path, "advisor", device), ("/odoo", "technician", PHONE))
        with self.walk(*people) as (advisor, technician):
            with advisor.job("Give the job to a technician"):
                advisor.press(".o_notebook .nav-link[name=workshop]")
                advisor.press("[name=job_ids] button[name=action_assign]")
                advisor.pick(f"{MODAL} [name=technician_id] input", "李师傅")
                advisor.press(f"{MODAL} footer .btn-primary")
            advisor.is_rid_of(MODAL)
            technician.goes_to("/odoo")
            technician.sees("A1234", inside=CARD)
            with technician.job("Start, finish and send to quality"):
                technician.press(f"{CARD} button", "开始")
                technician.press(f"{CARD} button", "完成")
                technician.press(f"{CARD} button", "送质检")
            with technician.job("Sign the own check"):
                technician.press(f"{CARD} button", "自检")
                technician.press(f"{MODAL} button", "签字确认")
            technician.is_rid_of(MODAL)

    def check(self):
        people = (
            ("/odoo/cars-to-check", "colleague", PHONE),
            ("/odoo/cars-to-check", "inspector", TABLET),
        )
        with self.walk(*people) as (colleague, inspector):
            for hand in (colleague, inspector):
                with hand.job("Sign the check of a car"):
                    hand.press(f"{CARD} button.btn-success", "合格")
                    hand.press(f"{MODAL} button", "签字确认")
                hand.is_rid_of(MODAL)

    # ------------------------------------------------------------------
    # SETTLEMENT AND DELIVERY
    # ------------------------------------------------------------------

    def settle(self, hand):
        with hand.job("Make ready and settle"):
            hand.press(f"{HEADER}[name=action_ready]")
            hand.is_at("ready")
            hand.press(f"{HEADER}[name=action_open_settlement]")
            hand.sees("458.00", inside=f"{MODAL} .o_dealer_settlement")
            hand.press(f"{MODAL} footer button[name=action_settle]")
        hand.is_at("settled")

    def pay(self, hand):
        with hand.job("Take the payment"):
            hand.press(".o_cashier_car", "A1234")
            hand.press(".o_cashier_method")
            hand.press(".o_cashier_take", "458.00")
        hand.sees("A1234", inside=".o_cashier_taken")

    def hand_over(self, hand):
        with hand.job("Hand over the key, signed for and rated"):
            hand.press(f"{HEADER}[name=action_open_delivery]")
            hand.draw(PAD)
            hand.press(f"{MODAL} button[name=action_deliver]")
            hand.press(f"{MODAL} button[name=action_smile_good]")
        hand.is_rid_of(MODAL)
        hand.is_at("delivered")

    def assert_delivered(self, visit):
        visit.invalidate_recordset()
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.settled_total, 458.0)
        self.assertEqual(visit.settlement_state, "paid")
        self.assertEqual(visit.order_ids.consent_method, "signature")
        self.assertEqual(
            visit.order_ids.order_line.mapped("dealer_decision"),
            ["approved", "approved", "declined"],
        )
        self.assertEqual(
            visit.quality_check_ids.sorted("id").user_id.mapped("login"),
            ["technician", "colleague", "inspector"],
        )
        self.assertTrue(visit.is_delivery_signed)
        self.assertEqual(visit.smile, "5")

    def test_at_the_desk_with_the_mouse(self):
        self.visit(DESK)

    def test_on_the_tablet_by_touch(self):
        self.visit(TABLET)
