"""What the customer decides reaches the advisor in WeCom, without a browser."""

from ...providers.wecom import Wecom
from ..customer.portal_case import PortalDecisionCase
from .provider_case import LoopbackCase


class TestDecisionOnThePhone(LoopbackCase, PortalDecisionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = Wecom()
        cls.addClassCleanup(cls.server.stop)
        cls.company.write(
            {
                "dealer_wecom_corp_id": cls.server.corp_id,
                "dealer_wecom_agent_id": cls.server.agent_id,
                "dealer_wecom_secret": cls.server.secret,
                "dealer_wecom_robot_key": cls.server.robot_key,
                "dealer_wecom_endpoint": cls.server.address,
            }
        )
        cls.advisor = cls.reception.advisor_id
        cls.advisor.wecom_userid = "wanglei"

    def setUp(self):
        super().setUp()
        server = self.server
        for kept in (server.delivered, server.group, server.requests):
            kept.clear()

    def send_all(self):
        messages = self.env["dealer.customer.message"].sudo()
        while message := messages._claim():
            messages._send_claimed(message)

    def told(self):
        """Titles and words that the reference server has handed to the advisor."""
        return [text for user, text, _at in self.server.delivered if user == "wanglei"]

    def test_agreed_estimate_reaches_the_advisor_and_no_name_the_group(self):
        self.accept(self.confirm_page())
        self.assertFalse(self.server.requests, "nothing leaves within the decision")
        self.send_all()
        [text] = self.told()
        for word in (self.order.name, self.reception.name, "agreed", "300"):
            self.assertIn(word, text)
        [group] = [text for text, _at in self.server.group]
        self.assertIn(self.reception.name, group)
        for secret in (self.reception.license_plate, self.reception.partner_id.name):
            self.assertNotIn(secret, group)

    def test_declined_estimate_reaches_the_advisor(self):
        page = self.confirm_page(**self.declined(*self.order.order_line))
        self.decline(page, reason="太贵")
        self.send_all()
        [text] = self.told()
        self.assertIn(self.order.name, text)
        self.assertIn("declined", text)
