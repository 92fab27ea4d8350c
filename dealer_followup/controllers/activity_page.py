"""The invitation on the customer's phone, and the code at the door.

A GET never changes anything: link previews of messengers open every address.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.dealer_service.controllers.private_page import (
    in_language_of,
    is_staff,
    number,
    plain_texts,
    private,
)

from ..models.activity.dealer_activity_invitee_reply import MAX_PERSONS, ReplyRefused
from ..tools import groups


class ActivityPage(http.Controller):
    @http.route(
        "/activity/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def invitation(self, token, message=None, **_query):
        """What the customer is invited to, and his reply."""
        invitee = self._invitee(token)
        return private(
            request.render(
                "dealer_followup.activity_page",
                self._page_of(invitee),
            )
        )

    @http.route(
        "/activity/<string:token>/reply",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def reply(self, token, reply=None, persons="1", **_form):
        """The reply. A second tap finds it given already."""
        if is_staff():
            raise NotFound  # who calls records the reply on the list, as said by phone
        invitee = self._invitee(token)
        try:
            invitee._reply(reply, number(persons) or 0, "link")
        except ReplyRefused as refusal:
            return private(
                request.render(
                    "dealer_followup.activity_page",
                    self._page_of(invitee, str(refusal)),
                )
            )
        return request.redirect(f"/activity/{invitee.access_token}", code=303)

    @http.route(
        "/activity/door/<string:token>",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def door(self, token, **_form):
        """What the code on the customer's phone opens on the tablet of the staff."""
        if not request.env.user.has_group(groups.CALLER):
            raise NotFound
        # looked up among all shops, opened with the rights of whoever scans
        found = request.env["dealer.activity.invitee"].sudo()._by_token(token)
        invitee = found.with_env(request.env)
        if not found or not invitee.has_access("write"):
            raise NotFound
        message = None
        if request.httprequest.method == "POST":
            try:
                invitee.action_check_in()
            except (AccessError, UserError) as refusal:
                message = str(refusal)
        return private(
            request.render(
                "dealer_followup.activity_door",
                {"page": invitee._page_values(), "message": message},
            )
        )

    @http.route("/my/invitations", type="http", auth="user", website=True)
    @plain_texts
    def my_invitations(self, **_query):
        """The open invitations of whoever is signed in; each leads to its page."""
        # a customer has no rights on activities; the own card is the proof
        invitees = request.env["dealer.activity.invitee"].sudo()
        invitees = invitees._open_of(request.env.user.partner_id)
        return private(
            request.render(
                "dealer_followup.portal_my_invitations",
                {
                    "page_name": "invitations",
                    "invitations": [row._page_summary() for row in invitees],
                },
            )
        )

    def _page_of(self, invitee, message=None):
        return {
            "page": invitee._page_values(),
            "icp_shop": invitee.company_id,
            "message": message,
        }

    def _invitee(self, token):
        """The invitation with all rights, once the visitor has shown its link.

        :raise NotFound: the same for every other address, and for staff that may not
            read the list
        """
        # the public has no rights; the link is the proof
        invitee = request.env["dealer.activity.invitee"].sudo()._by_token(token)
        if not invitee or (
            is_staff() and not invitee.with_env(request.env).has_access("read")
        ):
            raise NotFound
        invitee = in_language_of(invitee.partner_id, invitee)
        return invitee.with_context(max_persons=MAX_PERSONS)
