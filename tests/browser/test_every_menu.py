"""Every menu, view and filter of the apps opens in a browser, in Chinese, by role.

Odoo's own click robot walks through an app and fails on any error dialog. A kanban
that the server accepts and the browser does not is found only here.
"""

from odoo.tests import HttpCase, tagged

from ..common import DealerServiceCase

START = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('%s');"
)


@tagged("standard", "post_install", "-at_install")
class TestEveryMenu(DealerServiceCase, HttpCase):
    allow_end_on_form = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.advisor | cls.technician | cls.manager
        users.lang = "zh_CN"
        users.write({"tour_enabled": False})
        for plate in ("皖B·A0001", "皖B·A0002", "皖B·D12345"):
            vehicle = cls.make_vehicle(license_plate=plate)
            cls.make_reception(
                vehicle_id=vehicle.id,
                state="arrived",
                odometer=12000,
                is_waiting=True,
                concern_ids=[(0, 0, {"name": "刹车时有异响"})],
            )

    def click_through(self, login, app):
        self.browser_js(
            "/odoo",
            START % app,
            "odoo.isReady === true",
            login=login,
            timeout=600,
            success_signal="clickbot test succeeded",
        )

    def test_advisor_opens_every_service_menu(self):
        self.click_through("advisor", "dealer_service.dealer_service_menu_root")

    def test_technician_opens_every_service_menu(self):
        self.click_through("technician", "dealer_service.dealer_service_menu_root")

    def test_manager_opens_every_service_menu(self):
        self.click_through("manager", "dealer_service.dealer_service_menu_root")
