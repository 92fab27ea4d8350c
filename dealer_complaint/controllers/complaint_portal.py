"""The customer's page of a complaint: how it stands, what to answer, how it was.

By login or by an unguessable link. A GET never changes anything: link previews of
messengers open every address. A wrong number, token, person or company is not found,
all the same.
"""

import json
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.dealer_service.controllers.private_page import (
    in_language_of,
    plain_texts,
    private,
    tell_next,
    told,
)
from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.customer.dealer_complaint_filing import MAX_REQUEST
from ..tools.work_clock import to_seconds

PAGE_SIZE = 20
PAGE = "/my/complaints/<int:complaint_id>"


def own_complaints():
    # customers have no rights on the model; the domain says which are their own
    return request.env["dealer.complaint"].sudo()


def own_domain():
    domain = request.env["dealer.complaint"]._portal_domain(request.env.user)
    return domain & Domain("state", "not in", ("cancelled", "merged"))


class ComplaintHome(CustomerPortal):
    """The customer's home. All classes below CustomerPortal become one: nothing else
    is here, lest helpers meet helpers of the same name."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            values["complaint_count"] = own_complaints().search_count(own_domain())
        return values


class ComplaintPages(http.Controller):
    # ------------------------------------------------------------------
    # SEEING
    # ------------------------------------------------------------------

    @http.route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    @plain_texts
    def my_complaints(self, page=1, **_query):
        """Own complaints, the newest first."""
        Complaint, domain = own_complaints(), own_domain()
        pages = pager("/my/complaints", Complaint.search_count(domain), page, PAGE_SIZE)
        complaints = Complaint.search(
            domain,
            order="date_received desc, id desc",
            limit=PAGE_SIZE,
            offset=pages["offset"],
        )
        values = {
            "page_name": "complaints",
            "complaints": [complaint._portal_summary() for complaint in complaints],
            "pager": pages,
            "default_url": "/my/complaints",
        }
        return request.render("dealer_complaint.portal_my_complaints", values)

    @http.route(
        PAGE, type="http", auth="public", website=True, sitemap=False, readonly=False
    )
    @plain_texts
    def my_complaint(self, complaint_id, access_token=None, **_query):
        """One complaint. Changes nothing."""
        complaint = self._complaint(complaint_id, access_token)
        target = complaint._portal_target()
        if target != complaint:
            # merging made its link; one that was withdrawn since stays withdrawn
            if access_token and not target.access_token:
                raise NotFound
            return request.redirect(
                self._url(target, access_token and target.access_token)
            )
        values = {
            "page_name": "complaints",
            "complaint": complaint._portal_values(),
            "shop": complaint.company_id,
            "access_token": access_token or "",
            "refusal": told(complaint),
            "is_staff": request.env.user._is_internal(),
        }
        return private(request.render("dealer_complaint.portal_complaint", values))

    @http.route(f"{PAGE}/clock", type="http", auth="public", sitemap=False)
    @plain_texts
    def my_complaint_clock(self, complaint_id, access_token=None, **_query):
        """The server's time and the clock, for a page that comes back to the front."""
        complaint = self._complaint(complaint_id, access_token)
        answer = {
            "now": to_seconds(fields.Datetime.now()),
            "clock": complaint._portal_clock(),
            "news": complaint._portal_news(),
        }
        return private(
            request.make_response(
                json.dumps(answer), headers=[("Content-Type", "application/json")]
            )
        )

    @http.route(
        f"{PAGE}/photo/<int:photo_id>", type="http", auth="public", readonly=True
    )
    @plain_texts
    def my_complaint_photo(self, complaint_id, photo_id, access_token=None, **_query):
        """A photo of the thread, for whoever may see the complaint."""
        complaint = self._complaint(complaint_id, access_token)
        photo = complaint._portal_photo(photo_id)
        if not photo:
            raise NotFound
        return private(request.env["ir.binary"]._get_stream_from(photo).get_response())

    # ------------------------------------------------------------------
    # DOING
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/answer",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=64 * 1024,
    )
    @plain_texts
    def my_complaint_answer(self, complaint_id, access_token=None, **form):
        """The customer agrees to the proposal, or says why not."""
        complaint = self._complaint(complaint_id, access_token)
        return self._do(
            complaint,
            access_token,
            form.get("words"),
            lambda: complaint._answer_by_customer(
                form.get("answer"),
                form.get("version"),
                form.get("words"),
                # staff who opens the page does not become the customer
                is_staff=request.env.user._is_internal(),
            ),
        )

    @http.route(
        f"{PAGE}/message",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_REQUEST,
    )
    @plain_texts
    def my_complaint_message(self, complaint_id, access_token=None, **form):
        """The customer writes something more, or sends photos."""
        complaint = self._complaint(complaint_id, access_token)
        self._refuse_staff()
        return self._do(
            complaint,
            access_token,
            form.get("text"),
            lambda: complaint._write_of_customer(form.get("text"), uploaded_photos()),
        )

    @http.route(
        f"{PAGE}/rate",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=64 * 1024,
    )
    @plain_texts
    def my_complaint_rate(self, complaint_id, access_token=None, **form):
        """The customer says how it was."""
        complaint = self._complaint(complaint_id, access_token)
        self._refuse_staff()
        stars = form.get("stars", "")
        return self._do(
            complaint,
            access_token,
            form.get("feedback"),
            lambda: complaint._rate_by_customer(
                int(stars) if stars.isdecimal() and len(stars) == 1 else 0,
                form.get("feedback"),
            ),
        )

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _complaint(self, complaint_id, access_token):
        """The complaint with all rights, in the customer's language.

        :raise NotFound: the same for whatever is wrong
        """
        complaint = request.env["dealer.complaint"]._portal_find(
            complaint_id, access_token
        )
        if not complaint:
            raise NotFound
        return in_language_of(complaint.partner_id, complaint)

    def _refuse_staff(self):
        """Messages and ratings are the customer's; staff has the form."""
        if request.env.user._is_internal():
            raise NotFound

    def _do(self, complaint, access_token, words, call):
        """Run ``call`` and show the page again; when it was refused, with the reason
        and what the customer had written."""
        try:
            with complaint.env.cr.savepoint():
                call()
        except UserError as refusal:
            tell_next(complaint, message=str(refusal), words=(words or "")[:4000])
        return request.redirect(self._url(complaint, access_token))

    def _url(self, complaint, access_token):
        """Address of the page with the token the visitor came with, or none."""
        path = f"/my/complaints/{complaint.id}"
        query = urlencode({"access_token": access_token}) if access_token else ""
        return f"{path}?{query}" if query else path


def uploaded_photos():
    """What the form of this request brought: (name, bytes)."""
    files = request.httprequest.files.getlist("photos")
    return [(file.filename or "", file.read()) for file in files[:20]]
