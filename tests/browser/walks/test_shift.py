"""One shift of a technician, on the phone; the controller's board looks on."""

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...dealer_service.workshop.workshop_case import WorkshopCase
from .walk_case import DESK, PHONE, WalkCase

CARD = ".o_dealer_my_jobs .o_kanban_record:not(.o_kanban_ghost)"
WORKING = ".o_board_head .badge.text-bg-primary"


@tagged("post_install", "-at_install")
class TestShift(WalkCase, WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(state="arrived", odometer=20_000)
        cls.visit.concern_ids = [(0, 0, {"name": "刹车时有异响"})]
        cls.bring_to(cls.visit, "authorized")
        cls.job = cls.visit.job_ids
        cls.job.write(
            {
                "technician_id": cls.mechanic.id,
                "bay_id": cls.bay.id,
                "date_planned_start": fields.Datetime.now(),
            }
        )

    @mute_logger("odoo.http")
    def test_from_the_first_job_to_the_own_check(self):
        people = (
            ("/odoo", "technician", PHONE),
            ("/odoo/workshop-board", "advisor", DESK),
        )
        with self.walk(*people) as (hand, board):
            # who logs in is at the own jobs, with the customer's words
            hand.sees("A1234", "刹车时有异响", inside=CARD)
            board.sees("A1234", inside=".o_board_block")
            with hand.job("Start a job"):
                hand.press(f"{CARD} button", "开始")
            hand.sees("施工中", inside=CARD)
            board.sees("1", inside=WORKING)
            with hand.job("Report found work with a photo"):
                hand.press(f"{CARD} button", "报增项")
                hand.sees("报给服务顾问", inside=".modal")
                hand.choose_file(".modal .o_dealer_photo input", self.take_photo())
                hand.page.wait_for(".modal .o_dealer_photo img")
                hand.fill(".modal [name=note] textarea", "前刹车片剩余2毫米")
                hand.press(".modal [name=urgency] .o_selection_badge", "涉及安全")
                hand.press(".modal button", "报给服务顾问")
            # the card says so: nobody reports it twice
            hand.is_rid_of(".modal")
            hand.sees("前刹车片剩余2毫米", inside=CARD)
            with hand.job("Pause a job and go on"):
                hand.press(f"{CARD} button", "等配件")
                board.sees("0", inside=WORKING)
                hand.press(f"{CARD} button", "继续")
            board.sees("1", inside=WORKING)
            # the finding is still being decided about, which keeps nobody
            with hand.job("Finish and send to quality"):
                hand.press(f"{CARD} button", "完成")
                hand.press(f"{CARD} button", "送质检")
            with hand.job("Sign the own check"):
                hand.press(f"{CARD} button", "自检")
                hand.press(".modal button", "签字确认")
            hand.is_rid_of(".modal")
            hand.is_rid_of(f"{CARD} button[name=action_check_quality]")
        self.visit.invalidate_recordset()
        self.assertEqual(self.visit.state, "quality")
        self.assertEqual(self.visit.quality_level, "team")
        [supplement] = self.visit.order_ids.filtered(
            lambda order: order.dealer_kind == "supplement"
        )
        self.assertEqual(supplement.dealer_reason, "前刹车片剩余2毫米")
        self.assertEqual(len(supplement.dealer_photo_ids), 1)
