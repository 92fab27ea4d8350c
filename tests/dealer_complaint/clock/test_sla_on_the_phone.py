"""A time limit reaches a person who has no browser open."""

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase, cn
from ...dealer_service.messages.provider_case import LoopbackCase
from ...providers.wecom import Wecom


class TestSlaOnThePhone(LoopbackCase, DealerComplaintCase):
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
                "dealer_wecom_endpoint": cls.server.address,
            }
        )
        cls.handler.wecom_userid = "wanglei"
        cls.messages = cls.env["dealer.customer.message"].sudo()

    def setUp(self):
        super().setUp()
        server = self.server
        for kept in (server.delivered, server.group, server.seen, server.requests):
            kept.clear()

    def send_all(self):
        while message := self.messages._claim():
            self.messages._send_claimed(message)

    def late_complaint(self, **values):
        with freeze_time(cn(2, 9)):
            complaint = self.make_complaint(**values)
        self.run_engine(cn(2, 11, 30))
        return complaint

    def test_two_hour_level_arrives_in_wecom(self):
        complaint = self.late_complaint()
        self.assertFalse(self.server.requests)
        with freeze_time(cn(2, 11, 31)):
            self.send_all()
        mine = [text for user, text, _at in self.server.delivered if user == "wanglei"]
        self.assertTrue(mine)
        self.assertIn(complaint.name, mine[0])
        self.assertIn("was missed", mine[0])
        # and it stands on the list of things to do, as before
        self.assertIn(self.handler, complaint.activity_ids.user_id)

    def test_group_learns_nothing_of_the_customer(self):
        self.company.dealer_wecom_robot_key = self.server.robot_key
        complaint = self.late_complaint()
        with freeze_time(cn(2, 11, 31)):
            self.send_all()
        said = "\n".join(text for text, _at in self.server.group)
        self.assertIn(complaint.name, said)
        for secret in (complaint.partner_id.name, complaint.license_plate):
            if secret:
                self.assertNotIn(secret, said)

    def test_level_that_sends_a_text_message_does_so_by_the_queue(self):
        self.company.dealer_sms_provider = "outbox"
        self.handler.write({"wecom_userid": False, "phone": "13900001111"})
        levels = self.env["dealer.sla.level"].search([])
        levels.write({"action": "sms"})
        complaint = self.late_complaint()
        told = self.messages.search([("partner_id", "=", self.handler.partner_id.id)])
        self.assertEqual(set(told.mapped("channel")), {"sms"})
        self.assertIn(complaint.name, told[0].text)
        self.assertFalse(complaint.message_ids.filtered("has_sms_error"))

    def test_shop_without_wecom_works_as_before(self):
        self.company.dealer_wecom_secret = False
        self.late_complaint()
        self.assertFalse(self.messages.search([("purpose", "=", "staff")]))
