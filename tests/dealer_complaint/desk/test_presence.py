"""Who else has a complaint open: who hears it, and how little is sent."""

from unittest.mock import MagicMock, patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from odoo.addons.dealer_complaint.models.desk.dealer_complaint_presence import (
    OPEN_CHANNEL,
)

from ...complaint_common import DealerComplaintCase

REQUEST = "odoo.addons.bus.models.ir_websocket.request"


class TestPresence(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaint = cls.make_complaint()

    def heard(self, user, *asked):
        """The complaints whose readers a page of ``user`` hears of."""
        with patch(REQUEST, new=MagicMock()) as request:
            request.session.uid = user.id
            socket = self.env["ir.websocket"].with_user(user)
            channels = socket._build_bus_channel_list(list(asked))
        self.assertFalse(
            [c for c in channels if isinstance(c, str) and c.startswith(OPEN_CHANNEL)],
            "nobody listens to a name that was made up",
        )
        return [
            channel[0]
            for channel in channels
            if isinstance(channel, tuple) and channel[1] == OPEN_CHANNEL
        ]

    def test_the_desk_hears_of_what_it_may_see(self):
        asked = f"{OPEN_CHANNEL}_{self.complaint.id}"
        self.assertEqual(self.heard(self.officer, asked), [self.complaint])
        self.assertEqual(self.heard(self.officer), [])
        self.assertEqual(self.heard(self.colleague, asked), [], "it is not theirs")
        for made_up in ("_0", "_x", "_1 OR 1", "", "_99999999999"):
            self.assertEqual(self.heard(self.officer, OPEN_CHANNEL + made_up), [])

    def test_nobody_else_hears_or_says_anything(self):
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        shop = self.env["res.company"].create({"name": "Another Shop"})
        elsewhere = self.make_user("elsewhere", "user")
        elsewhere.write({"company_ids": [(6, 0, shop.ids)], "company_id": shop.id})
        for user in (stranger, elsewhere, self.env.ref("base.public_user")):
            with self.subTest(user=user.login):
                asked = f"{OPEN_CHANNEL}_{self.complaint.id}"
                self.assertEqual(self.heard(user, asked), [])
                with self.assertRaises(AccessError):
                    self.complaint.with_user(user).tell_open("open")

    def test_one_message_with_a_name_and_nothing_is_written(self):
        self.env.flush_all()
        before = self.complaint.write_date, len(self.complaint.message_ids)
        bus = type(self.env["bus.bus"])
        with patch.object(bus, "_sendone", autospec=True) as sent:
            self.complaint.with_user(self.handler).tell_open("open")
        [call] = sent.call_args_list
        _bus, channel, _news, told = call.args
        self.assertEqual(channel, (self.complaint, OPEN_CHANNEL))
        self.assertEqual(
            told,
            {
                "complaint_id": self.complaint.id,
                "user_id": self.handler.id,
                "name": self.handler.name,
                "kind": "open",
            },
        )
        self.env.flush_all()
        after = self.complaint.write_date, len(self.complaint.message_ids)
        self.assertEqual(after, before)

    def test_other_words_are_refused(self):
        with self.assertRaises(AccessError):
            self.complaint.with_user(self.handler).tell_open("typing")
