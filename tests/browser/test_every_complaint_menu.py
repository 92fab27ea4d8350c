"""Every menu, view and filter of the complaint desk opens in a browser, by role.

See ``test_every_menu.py``.
"""

from odoo import fields
from odoo.tests import tagged

from ..complaint_common import DealerComplaintCase
from .click_case import ClickCase

APP = "dealer_complaint.dealer_complaint_menu_root"


@tagged("standard", "post_install", "-at_install")
class TestEveryComplaintMenu(DealerComplaintCase, ClickCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        users = cls.handler | cls.complaint_manager
        users.write({"lang": "zh_CN", "tour_enabled": False})
        for subject in ("刹车有异响", "变速箱顿挫"):
            complaint = cls.make_complaint(
                subject=subject, vehicle_id=cls.vehicle.id, description="每天早上都响。"
            )
            cls.make_contact(complaint, kind="feedback")
            cls.env["dealer.manufacturer.report"].create(
                {"name": subject, "complaint_id": complaint.id, "contact": "华东大区"}
            )
            cls.env["dealer.external.case"].create(
                {
                    "complaint_id": complaint.id,
                    "number": subject,
                    "user_id": cls.handler.id,
                }
            )
            cls.env["dealer.complaint.action"].create(
                {"complaint_id": complaint.id, "kind": "apology", "name": "致歉"}
            )
        cls.env["dealer.workday"].create({"date": fields.Date.today()})

    def test_handler_opens_every_complaint_menu(self):
        self.click_through("handler", APP)

    def test_manager_opens_every_complaint_menu(self):
        self.click_through("complaint_manager", APP)
