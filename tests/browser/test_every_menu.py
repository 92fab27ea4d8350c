"""Every menu, view and filter of the apps opens in a browser, in Chinese, by role.

A kanban that the server accepts and the browser does not is found only here.
"""

from odoo.tests import tagged

from ..common import DealerServiceCase
from .click_case import ClickCase


@tagged("standard", "post_install", "-at_install")
class TestEveryMenu(DealerServiceCase, ClickCase):
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

    def test_advisor_opens_every_service_menu(self):
        self.click_through("advisor", "dealer_service.dealer_service_menu_root")

    def test_technician_opens_every_service_menu(self):
        self.click_through("technician", "dealer_service.dealer_service_menu_root")

    def test_manager_opens_every_service_menu(self):
        self.click_through("manager", "dealer_service.dealer_service_menu_root")
