"""The call sheet in a real browser."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..dealer_followup.survey.survey_case import SurveyCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class CallsCase(SurveyCase, DevToolsCase):
    """Three people are to be called today."""

    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the shop calls at whatever hour the test runs
        cls.company.dealer_call_hours = "00:00-24:00"
        people = cls.caller | cls.care_manager
        people.write({"tour_enabled": False})
        cls.second = cls.make_partner(name="李梅", phone="13900001111")
        cls.third = cls.make_partner(name="赵强", phone="13900002222")
        cls.to_call = [
            cls.make_call(number, partner)
            for number, partner in enumerate((cls.customer, cls.second, cls.third))
        ]

    @classmethod
    def make_call(cls, number, partner):
        today = cls.company._dealer_today()
        car = cls.vehicle
        if number:
            car = cls.make_vehicle(
                license_plate=f"皖B·A200{number}", owner_id=partner.id
            )
        return cls.make_task(
            cls.rule,
            vehicle_id=car.id,
            partner=partner,
            priority=number,
            anchor_date=today - timedelta(days=3),
            due_date=today,
            expire_date=today + timedelta(days=10),
            next_try_at=fields.Datetime.now() - timedelta(hours=1),
        )


class TestCalls(CallsCase):
    def test_a_caller_works_down_three_calls(self):
        self.start_tour("/odoo/next-call", "dealer_calls", login="caller", timeout=240)
        content, unreached, unhappy = self.to_call
        self.assertEqual(content.state, "done")
        self.assertEqual(content.result_id, self.result("reached"))
        self.assertEqual(content.survey_nps, 10)
        # the fifth factor weighs 24 of 101
        scores = content.survey_input_id.dealer_score_ids.mapped("score")
        self.assertEqual(sorted(scores), [8, 9, 9, 9, 9])
        self.assertFalse(content.is_unhappy)

        self.assertEqual(unreached.state, "waiting")
        self.assertEqual(unreached.result_id, self.result("no_answer"))
        self.assertFalse(unreached.survey_input_id)

        self.assertEqual(unhappy.state, "done")
        self.assertTrue(unhappy.is_unhappy)
        complaint = unhappy.complaint_id
        self.assertEqual(complaint.subject, "休息区又脏又冷，等了两个小时。")
        self.assertEqual(complaint.partner_id, self.third)
        self.assertEqual(len(unhappy.attempt_ids), 1)

    def test_the_number_is_dialled_and_the_sheet_stays(self):
        with self.open_page("/odoo/next-call", login="caller") as page:
            page.click("button[name='action_dial']")
            page.wait(
                "document.querySelector('[name=date_dialled]').getClientRects().length"
            )
            self.assertIn("王建国", page.text(".o_form_view [name='contact_name']"))

    def test_words_are_there_when_the_caller_comes_back(self):
        with self.open_page("/odoo/next-call", login="caller") as page:
            page.wait_for("[name=note] textarea")
            page.js("document.querySelector('[name=note] textarea').focus()")
            page.send("Input.insertText", text="刹车异响，周三来")
            page.click(".o_menu_brand")
            page.wait("!document.querySelector('[name=note] textarea')")
        with self.open_page("/odoo/next-call", login="caller") as page:
            page.wait_for("[name=note] textarea")
            self.assertEqual(
                page.js("document.querySelector('[name=note] textarea').value"),
                "刹车异响，周三来",
            )

    def test_what_a_result_asks_for_is_in_sight_and_named_in_chinese(self):
        self.caller.lang = "zh_CN"
        badge = (
            "[...document.querySelectorAll('[name=result_id] .o_selection_badge')]"
            ".find((badge) => badge.innerText === '不满意')"
        )
        for size in ((1280, 800), (390, 844)):
            with (
                self.subTest(size),
                self.open_page("/odoo/next-call", login="caller") as page,
            ):
                page.send(
                    "Emulation.setDeviceMetricsOverride",
                    width=size[0],
                    height=size[1],
                    deviceScaleFactor=1,
                    mobile=False,
                )
                page.wait(badge)
                page.js(f"{badge}.dataset.test = 'unhappy'")
                page.click("[data-test=unhappy]")
                page.wait_for("[name=note].o_required_modifier")
                bottom = page.js(
                    "document.querySelector('[name=note]')"
                    ".getBoundingClientRect().bottom"
                )
                self.assertLess(bottom, size[1])
                page.js(
                    "document.querySelector('button[name=action_save_and_next]').click()"
                )
                page.wait_for(".o_notification")
                self.assertIn("客户原话", page.text(".o_notification"))
                page.js("document.querySelector('.o_form_button_cancel').click()")
