"""One day of the complaint desk: from the first word of the customer to the end."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...complaint_common import DealerComplaintCase
from .walk_case import DESK, PHONE, TABLET, WalkCase

FORM = ".o_form_view"
#: A complaint in a list, and on a phone, which has cards.
ROWS = ".o_data_row td[name=subject], .o_kanban_record"
CLOCKS = ":is(.o_data_row, .o_kanban_record) .o_sla_countdown"
DIALOG = ".modal footer button"


@tagged("post_install", "-at_install")
class TestComplaintDay(WalkCase, DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer.name, cls.handler.name = "投诉专员陈静", "服务顾问刘洋"
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "delivered")
        hours_ago = fields.Datetime.now() - timedelta(hours=5)
        cls.late = cls.make_complaint(
            subject="等待时间太长",
            partner_id=cls.make_partner(name="何丽", phone="13900003333").id,
            user_id=cls.officer.id,
            date_received=hours_ago,
        )
        cls.env.flush_all()
        while cls.env["dealer.sla.timer"]._process_due(fields.Datetime.now()):
            pass
        cls.twin = cls.make_complaint(
            subject="刹车还是响", vehicle_id=cls.vehicle.id, user_id=cls.officer.id
        )
        cls.category = cls.env["dealer.complaint.category"].search([], limit=1)

    def take_in(self, hand):
        """While the customer talks."""
        with hand.job("Take in a complaint while the customer talks"):
            hand.press("[data-way=complain]")
            hand.fill("[name=subject] :is(input, textarea)", "保养后刹车异响")
            # whose car it is and when it was here comes with the car
            hand.pick("[name=vehicle_id] input", "A1234")
            hand.page.wait(
                "document.querySelector('[name=partner_id] input').value === '王建国'"
            )
            hand.page.wait("document.querySelector('[name=reception_id] input').value")
            hand.fill("[name=description] textarea", "昨天保养完，刹车一直响。")
            hand.press(".o_form_button_save")
        hand.page.wait_for(f"{FORM} .o_sla_countdown")

    def log_contact(self, hand, words):
        hand.step("登记沟通")
        hand.fill(".modal [name=summary] textarea", words)
        hand.press(DIALOG, "保存")
        hand.is_rid_of(".modal")

    def day(self, device):
        people = (
            ("/odoo", "handler", device),
            ("/odoo", "officer", device),
            ("/web/login", None, PHONE),
        )
        with self.walk(*people) as (handler, officer, customer):
            self.take_in(handler)
            with handler.job("Log the first call"):
                self.log_contact(handler, "客户说左前轮响，下午有空。")
            with handler.job("Begin to investigate"):
                handler.step("开始调查")
            handler.is_at("investigating")
            with handler.job("Hand over"):
                handler.step("移交")
                handler.pick(".modal [name=user_id] input", "陈静")
                handler.press(DIALOG, "发出移交")
            handler.is_rid_of(".modal")
            self.see_what_is_late(officer)
            self.take_over(officer)
            self.merge(officer)
            officer.goes_to(f"/odoo/complaints/{self.twin.duplicate_of_id.id}")
            self.propose(officer)
            self.agree(officer, customer)
            self.finish(officer)

    def take_over(self, officer):
        officer.goes_to("/odoo")
        with officer.job("Take over what was offered to me"):
            officer.sees("1", inside="[data-tile=handover] .o_home_count")
            officer.press("[data-tile=handover]")
            officer.press(ROWS, "保养后刹车异响")
            officer.step("接受")
        officer.is_rid_of(f"{FORM} button[name=action_accept_handover]")

    def propose(self, officer):
        with officer.job("Give feedback"):
            self.log_contact(officer, "约好今天下午来店检查。")
        with officer.job("Propose a remedy"):
            officer.step("提出方案")
            officer.fill(".modal [name=proposal] textarea", "免费更换刹车片")
            officer.press(DIALOG, "提出方案")
        officer.is_at("proposed")
        # the link is there with the proposal
        officer.page.wait_for("[name=customer_link] .o_clipboard_button")

    def agree(self, officer, customer):
        """The customer, on the own phone, by the link."""
        link = officer.page.text("[name=customer_link]")
        customer.goes_to(link[link.index("/my/") :].strip())
        customer.is_ready()
        customer.sees("免费更换刹车片")
        with customer.job("Agree to the proposal by the link"):
            customer.press(".o_dealer_answer button", "同意")
        # who has no account is not asked to sign in, nor led to other pages
        for place in ("header", ".breadcrumb", "footer"):
            self.assertEqual(customer.page.count(place), 0, place)
        customer.is_ready()
        customer.sees("您已同意", inside=".alert-success")

    def finish(self, officer):
        """The remedy, the talk that is still owed, the end."""
        officer.goes_to(officer.page.js("location.pathname"))
        officer.sees("客户已同意方案", inside=".o-mail-Activity")
        with officer.job("Grant a remedy and carry it out"):
            officer.press(f"{FORM} .nav-link", "补救措施")
            officer.press("[name=action_ids] .o_field_x2many_list_row_add a")
            officer.fill("[name=action_ids] [name=name] input", "免费更换刹车片")
            officer.press(".o_form_button_save")
            officer.press("[name=action_ids] button", "申请")
            officer.press("[name=action_ids] button", "执行")
        officer.sees("已完成", inside="[name=action_ids] [name=state]")
        with officer.job("Resolve"):
            officer.step("已解决")
        officer.is_at("resolved")
        with officer.job("Call back and close"):
            officer.step("结案")
            officer.pick_first(".modal [name=category_id] input")
            officer.press(".modal [name=cause] input")
            officer.press(".o_select_menu_item", "经销商：服务")
            officer.press(DIALOG, "结案")
            officer.sees("登记沟通", inside=".modal")
            officer.fill(".modal [name=summary] textarea", "客户满意。")
            officer.press(DIALOG, "保存")
            officer.is_rid_of(".modal")
            officer.step("结案")
        officer.is_at("closed")

    def merge(self, officer):
        """The same thing told twice goes on as one."""
        officer.goes_to(f"/odoo/complaints/{self.twin.id}")
        with officer.job("Merge a complaint that was told twice"):
            officer.step("合并")
            officer.pick(".modal [name=target_id] input", "保养后刹车异响")
            officer.press(DIALOG, "合并")
        officer.is_rid_of(".modal")
        officer.is_at("merged")

    def see_what_is_late(self, officer):
        """A limit was missed in the morning: it is in sight, and one press away."""
        officer.goes_to("/odoo")
        with officer.job("See which time limit was missed"):
            officer.sees("1", inside="[data-tile=missed] .o_home_count")
            officer.press("[data-tile=missed]")
            officer.sees("已超时", inside=CLOCKS)
            officer.press(ROWS, "等待时间太长")
        officer.sees("已超时", inside=f"{FORM} .o_sla_countdown")

    def test_at_the_desk_with_the_mouse(self):
        self.day(DESK)
        self.assert_done()

    def test_on_the_tablet_by_touch(self):
        self.day(TABLET)
        self.assert_done()

    def test_on_the_phone_with_one_thumb(self):
        self.day(PHONE)
        self.assert_done()

    def assert_done(self):
        self.twin.invalidate_recordset()
        self.assertEqual(self.twin.state, "merged")
        complaint = self.twin.duplicate_of_id
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(complaint.first_receiver_id, self.handler)
        self.assertEqual(complaint.user_id, self.officer)
        self.assertEqual(complaint.reception_id, self.visit)
        self.assertEqual(complaint.decision, "免费更换刹车片")
        self.assertEqual(complaint.action_ids.state, "done")
        self.assertTrue(self.timer(complaint).date_stop, "phoned in time")
