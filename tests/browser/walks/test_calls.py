"""One morning of calls: from the first sheet to the complaint that came of a call."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...followup_common import DealerFollowupCase
from .walk_case import DESK, PHONE, TABLET, WalkCase

SHEET = ".o_form_view [name='contact_name']"
RESULT = "[name=result_id] .o_selection_badge"
#: The telephone of the desk. The browser of a test has none, and would ask for one.
TELEPHONE = """
    const { browser } = odoo.loader.modules.get("@web/core/browser/browser");
    const assign = (address) => { window.dialled = address; };
    const telephone = new Proxy({}, {
        get: (_none, name) => {
            const value = name === "assign" ? assign : location[name];
            return typeof value === "function" ? value.bind(location) : value;
        },
        set: (_none, name, value) => { location[name] = value; return true; },
    });
    Object.defineProperty(browser, "location", { get: () => telephone });
"""
NAMES = ("王建国", "李梅", "赵强", "孙丽", "周涛")


@tagged("post_install", "-at_install")
class TestCalls(WalkCase, DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_call_hours = "00:00-24:00"
        rule = cls.make_rule(
            "manual", script="<p>您好，我们想了解车辆保养后的使用情况。</p>"
        )
        today = cls.company._dealer_today()
        cls.to_call = cls.Followup
        for number, name in enumerate(NAMES):
            person = cls.make_partner(name=name, phone=f"1390000111{number}")
            car = cls.make_vehicle(
                license_plate=f"皖B·A200{number}", owner_id=person.id
            )
            cls.to_call += cls.make_task(
                rule,
                vehicle_id=car.id,
                partner=person,
                priority=number,
                due_date=today,
                expire_date=today + timedelta(days=10),
                next_try_at=fields.Datetime.now() - timedelta(hours=1),
            )

    def dial(self, hand, name):
        hand.sees(name, inside=SHEET)
        hand.sees("您好，我们想了解", inside="[name=script]")
        phone = self.to_call.filtered(lambda task: task.contact_name == name)
        hand.press("button[name=action_dial]")
        hand.page.wait(f"window.dialled === 'tel:{phone.contact_phone}'")
        hand.page.wait(
            "document.querySelector('[name=date_dialled]').getClientRects().length"
        )

    def choose(self, hand, result):
        hand.press(RESULT, result)
        hand.sees(result, inside=f"{RESULT}.active")

    def save_and_next(self, hand):
        """At the desk by the keyboard, on the phone by the button."""
        if hand.by_touch:
            hand.press("button[name=action_save_and_next]")
        else:
            hand.key("q", alt=True)

    def morning(self, device):
        with self.walk(("/odoo", "caller", device)) as (hand,):
            hand.sees("现在应拨打")
            hand.page.js(f"(() => {{{TELEPHONE}}})()")
            with hand.job("Begin to call"):
                hand.press("[data-way=next_call]")
                hand.sees(NAMES[0], inside=SHEET)
            with hand.job("Call a customer who is content"):
                self.dial(hand, NAMES[0])
                self.choose(hand, "满意")
                self.save_and_next(hand)
            with hand.job("Call a customer who does not answer"):
                self.dial(hand, NAMES[1])
                self.choose(hand, "无人接听")
                self.save_and_next(hand)
            with hand.job("Promise to call again"):
                self.dial(hand, NAMES[2])
                self.choose(hand, "约定时间再打")
                # a time is proposed
                hand.page.wait_for("[name=promised_at] :is(input, button)")
                self.save_and_next(hand)
            with hand.job("Find that the number is wrong"):
                self.dial(hand, NAMES[3])
                self.choose(hand, "号码有误")
                self.save_and_next(hand)
            with hand.job("Call a customer who complains"):
                self.dial(hand, NAMES[4])
                self.choose(hand, "不满意")
                hand.fill("[name=note] textarea", "等了两个小时没人理。")
                self.save_and_next(hand)
            # the caller hears what came of it, and there is nobody left
            hand.sees("投诉", inside=".o_notification")
            hand.is_rid_of("button[name=action_dial]")
        self.to_call.invalidate_recordset()
        content, unreached, promised, wrong, unhappy = self.to_call
        self.assertEqual(content.state, "done")
        self.assertEqual(unreached.result_id, self.result("no_answer"))
        self.assertTrue(promised.is_promised)
        self.assertGreater(promised.next_try_at, fields.Datetime.now())
        self.assertTrue(wrong.partner_id.is_phone_wrong)
        complaint = unhappy.complaint_id
        self.assertEqual(complaint.subject, "等了两个小时没人理。")
        self.assertEqual(complaint.partner_id, unhappy.partner_id)

    def test_at_the_desk_with_mouse_and_keyboard(self):
        self.morning(DESK)

    def test_on_the_tablet_by_touch(self):
        self.morning(TABLET)

    def test_on_the_phone_with_one_thumb(self):
        self.morning(PHONE)
