"""Base case of the customer's pages: two customers, each with a login and a car."""

import re
from html import unescape

from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user

from .complaint_common import DealerComplaintCase


class ComplaintPortalCase(DealerComplaintCase, HttpCase):
    """A complaint of Wang Jianguo; Li Juan is another customer of the shop."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.make_partner(name="李娟")
        cls.owner_user = cls.make_portal_user("owner", cls.customer)
        cls.stranger_user = cls.make_portal_user("stranger", cls.stranger)
        cls.complaint = cls.make_complaint(
            subject="刹车异响",
            description="保养后刹车有异响",
            vehicle_id=cls.vehicle.id,
        )
        cls.complaint._portal_ensure_token()
        cls.token = cls.complaint.access_token

    @classmethod
    def make_portal_user(cls, login, partner):
        """A customer who signs in; the password is the login."""
        user = new_test_user(
            cls.env,
            login=login,
            password=login * 2,
            groups="base.group_portal",
            company_ids=[Command.set(cls.company.ids)],
        )
        user.partner_id = partner
        return user

    def sign_in(self, login):
        self.authenticate(login, login * 2)

    def get(self, complaint=None, token=None, suffix=""):
        """The page, without following where it leads."""
        complaint = complaint or self.complaint
        query = f"?access_token={token}" if token else ""
        return self.url_open(
            f"/my/complaints/{complaint.id}{suffix}{query}", allow_redirects=False
        )

    def hidden(self, page):
        """What the forms of a page send along."""
        pairs = re.findall(
            r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text
        )
        return {name: unescape(value) for name, value in pairs}

    def post(self, page, suffix, files=None, complaint=None, **form):
        """Send a form of ``page``."""
        complaint = complaint or self.complaint
        return self.url_open(
            f"/my/complaints/{complaint.id}{suffix}",
            data={**self.hidden(page), **form},
            files=files,
            allow_redirects=False,
        )

    def propose(self, text="免费更换刹车片", complaint=None):
        """The handler proposes something; returns the complaint."""
        complaint = complaint or self.complaint
        if complaint.state == "new":
            complaint.action_investigate()
        complaint.proposal = text
        complaint.action_propose()
        return complaint

    def settle(self, complaint=None):
        """Agreed to, done, told: everything but the callback."""
        complaint = self.propose(complaint=complaint)
        complaint.decision_answer = "accepted"
        self.make_contact(complaint, kind="decision")
        complaint.action_resolve()
        return complaint
