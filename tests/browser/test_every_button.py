"""Every button of every card, row and form is pressed, in every state, by its role.

A refusal in a sentence is an answer; an error of the server or of a script is a fault.
"""

from odoo.tests import tagged

from .button_case import ButtonsCase

#: What each part presses.
VISITS = ("dealer.reception", "dealer.inspection", "dealer.quality.check")
JOBS_AND_ORDERS = ("dealer.job", "sale.order", "account.move")
CARS = (
    "dealer.declined.work",
    "dealer.service.step",
    "dealer.workday",
    "fleet.vehicle",
    "fleet.vehicle.model",
    "res.partner",
)
COMPLAINTS = (
    "dealer.complaint",
    "dealer.complaint.action",
    "dealer.complaint.mail",
    "dealer.complaint.pause.request",
    "dealer.external.case",
    "dealer.manufacturer.report",
    "dealer.sla.policy",
)
CALLS = (
    "dealer.care.rule",
    "dealer.csi.model",
    "dealer.followup",
    "dealer.followup.call",
)
ACTIVITIES = (
    "dealer.activity",
    "dealer.activity.invitee",
    "dealer.activity.kind",
    "dealer.activity.stop",
    "dealer.club",
)
PARTS_AND_IMPROVEMENTS = (
    "dealer.part.need",
    "dealer.improvement",
    "dealer.new.car.delivery",
)
ROOMS_AND_PUBLIC = (
    "dealer.facility.round",
    "dealer.multipoint.item",
    "dealer.multipoint.sheet",
    "dealer.multipoint.template",
    "dealer.factory.rule",
    "dealer.public.notice",
    "dealer.public.posting",
)
GATE = (
    "dealer.gate.pass",
    "dealer.gate.device",
    "dealer.cash.closing",
    "dealer.kept.paper",
    "dealer.account.statement",
)
PEOPLE = (
    "dealer.certificate.report",
    "dealer.certification",
    "dealer.staff.measure",
    "dealer.staff.sheet",
)
VOUCHERS = ("dealer.voucher", "dealer.online.booking")
CLAIMS = (
    "dealer.warranty.claim",
    "dealer.old.part",
    "dealer.old.part.return",
    "dealer.factory.campaign",
    "dealer.factory.campaign.car",
    "dealer.factory.export",
    "dealer.health.record",
)
PAST = (
    "dealer.past.line",
    "dealer.takeover",
    "dealer.takeover.row",
    "dealer.takeover.word",
)
MESSAGES = (
    "dealer.customer.message",
    "dealer.message.occasion",
    "dealer.sms.approval",
)
EXCHANGE = (
    "dealer.call.adapter",
    "dealer.call.exchange",
    "dealer.call.record",
)
#: Buttons that no record of these tests shows, with who presses them instead.
NOT_PRESSED = {
    (
        "dealer.csi.model",
        "form",
        "action_new_version",
    ): "By Group Management only: tests/security/test_group_rows.py.",
}
NOT_PRESSED_OF_ACTIVITIES = {
    (
        "dealer.activity.invitee",
        view,
        "action_view_lead",
    ): "Only where the CRM is installed: tests/dealer_followup/activity/with_crm.py."
    for view in ("form", "list")
}
NOT_PRESSED_OF_MESSAGES = {
    (
        "dealer.message.occasion",
        "form",
        "action_edit_words",
    ): "In a group of shops by Group Management only: tests/browser/test_words.py.",
}
NOT_PRESSED_OF_ROOMS = {
    (
        "dealer.public.notice",
        "form",
        "action_copy_for_shop",
    ): "The manager may change those of the group: tests/security/test_group_rows.py.",
    (
        "dealer.factory.rule",
        "form",
        "action_copy_for_shop",
    ): "The manager may change those of the group: tests/security/test_group_rows.py.",
}
NOT_PRESSED_OF_CLAIMS = {
    (
        "dealer.factory.campaign",
        "form",
        "action_copy_for_shop",
    ): "The manager may change those of the group: tests/security/test_group_rows.py.",
    (
        "dealer.old.part",
        "form",
        "action_view_moves",
    ): "Only beside a warehouse: tests/dealer_service/factory/with_sale_stock.py.",
}
#: Rows of figures; what they open is opened by test_customer_reports.
FIGURES = ("dealer.customer.report", "dealer.retention.report")


@tagged("post_install", "-at_install")
class TestEveryServiceButton(ButtonsCase):
    def test_buttons_of_visits(self):
        self.press_all(*VISITS)

    def test_buttons_of_jobs_and_orders(self):
        self.press_all(*JOBS_AND_ORDERS)

    def test_buttons_of_cars_and_customers(self):
        self.press_all(*CARS)

    def test_buttons_of_parts_and_improvements(self):
        self.press_all(*PARTS_AND_IMPROVEMENTS)

    def test_buttons_of_rooms_and_of_what_is_public(self):
        self.press_all(*ROOMS_AND_PUBLIC, not_pressed=NOT_PRESSED_OF_ROOMS)

    def test_buttons_of_the_gate(self):
        self.press_all(*GATE)

    def test_buttons_of_the_exchange(self):
        self.press_all(*EXCHANGE)

    def test_buttons_of_vouchers(self):
        self.press_all(*VOUCHERS)

    def test_buttons_of_claims(self):
        self.press_all(*CLAIMS, not_pressed=NOT_PRESSED_OF_CLAIMS)

    def test_buttons_of_the_past(self):
        self.press_all(*PAST)

    def test_buttons_of_messages(self):
        self.press_all(*MESSAGES, not_pressed=NOT_PRESSED_OF_MESSAGES)

    def test_buttons_of_people(self):
        self.press_all(*PEOPLE)


@tagged("post_install", "-at_install")
class TestEveryDeskButton(ButtonsCase):
    def test_buttons_of_complaints(self):
        self.press_all(*COMPLAINTS)

    def test_buttons_of_calls(self):
        self.press_all(*CALLS, not_pressed=NOT_PRESSED)

    def test_buttons_of_activities(self):
        self.press_all(*ACTIVITIES, not_pressed=NOT_PRESSED_OF_ACTIVITIES)

    def test_every_model_with_buttons_has_its_part(self):
        """But for dialogs: what opens one is pressed, what it does has its tests."""
        actions = self.env["ir.ui.menu"].search([]).mapped("action")
        menus = {
            action.res_model
            for action in filter(None, actions)
            if action._name == "ir.actions.act_window"
            and not self.env[action.res_model]._transient
        }
        found = {
            view[0]
            for user in self.users.values()
            for view, _domain in self.views_of(user, menus)
            if self.buttons_of(user, *view)
        }
        parts = {
            *VISITS,
            *JOBS_AND_ORDERS,
            *CARS,
            *PARTS_AND_IMPROVEMENTS,
            *ROOMS_AND_PUBLIC,
            *GATE,
            *VOUCHERS,
            *PAST,
            *MESSAGES,
            *CLAIMS,
            *PEOPLE,
            *COMPLAINTS,
            *CALLS,
            *EXCHANGE,
            *ACTIVITIES,
        }
        self.assertEqual(found - parts, set(FIGURES))
