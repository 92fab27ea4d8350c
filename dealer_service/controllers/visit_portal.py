"""The customer's page: where my car is, what was agreed to, my earlier visits."""

import hashlib
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response, request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from .private_page import (
    in_language_of,
    is_staff,
    number,
    plain_texts,
    priced_document,
    private,
    show_finding,
    show_paper,
    tell_next,
    told,
)

PAGE_SIZE = 20


class VisitPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "visit_count" in counters:
            Reception = request.env["dealer.reception"]
            values["visit_count"] = (
                Reception.search_count([]) if Reception.has_access("read") else 0
            )
        return values

    @http.route(
        ["/my/visits", "/my/visits/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    @plain_texts
    def my_visits(self, page=1, **_query):
        """Own visits, the running one first. The record rule says which are own."""
        Reception = request.env["dealer.reception"]
        pages = pager("/my/visits", Reception.search_count([]), page, PAGE_SIZE)
        visits = Reception.search(
            [], order="date_planned desc", limit=PAGE_SIZE, offset=pages["offset"]
        )
        values = {
            "page_name": "visits",
            "visits": [visit._portal_summary() for visit in visits],
            "pager": pages,
            "default_url": "/my/visits",
        }
        return request.render("dealer_service.portal_my_visits", values)

    @http.route(
        "/my/visits/<int:reception_id>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    @plain_texts
    def my_visit(self, reception_id, access_token=None, **_query):
        """One visit, by login or by its unguessable link. Changes nothing."""
        visit = self._own_visit(reception_id, access_token)
        part, etag = self._visit_part(visit, access_token)
        words = told(visit)
        # whoever came this far has proved that the visit is the own one
        known = visit.sudo()
        values = {
            "page_name": "visits",
            # who has the link has it for the form as well; staff rates nothing
            "can_rate": visit._is_rating_open() and not is_staff(),
            "rate_url": self._visit_url(visit, "rate", access_token),
            "watch": None if is_staff() else known._watch_values(),
            "watch_url": self._visit_url(visit, "watch", access_token),
            "links": [] if is_staff() else known._portal_links(),
            "told": words,
            "visit": {"plate": known._plate_for_customer()},
            "shop": known.company_id,
            "part": part,
            "etag": etag,
            "live_url": self._visit_url(visit, "live", access_token),
        }
        return private(request.render("dealer_service.portal_visit", values))

    @http.route(
        "/my/visits/<int:reception_id>/live",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    @plain_texts
    def my_visit_live(self, reception_id, access_token=None, **_query):
        """What changes of the page; an empty answer while nothing has changed."""
        visit = self._own_visit(reception_id, access_token)
        part, etag = self._visit_part(visit, access_token)
        if request.httprequest.headers.get("If-None-Match") == etag:
            return private(Response(status=304, headers={"ETag": etag}))
        return private(request.make_response(part, headers={"ETag": etag}))

    @http.route(
        "/my/visits/<int:reception_id>/papers/<string:paper>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    @plain_texts
    def my_visit_paper(self, reception_id, paper, access_token=None, **_query):
        """A paper of the own visit, as it was given to the customer."""
        visit = self._own_visit(reception_id, access_token)
        if paper not in visit._portal_papers():
            raise NotFound()
        return show_paper(visit, f"dealer_service.action_paper_{paper}")

    @http.route(
        "/my/visits/<int:reception_id>/inspection/<int:finding_id>/<string:what>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
        readonly=True,
    )
    @plain_texts
    def my_visit_finding(
        self, reception_id, finding_id, what, access_token=None, **_query
    ):
        """The photo or the video of something that was found on the own car."""
        visit = self._own_visit(reception_id, access_token)
        # whoever came this far has proved that the visit is the own one
        finding = visit.sudo()._shown_finding(finding_id)
        return show_finding(finding, what)

    @http.route(
        "/my/visits/<int:reception_id>/rate",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=64 * 1024,
    )
    @plain_texts
    def my_visit_rate(
        self, reception_id, access_token=None, stars=None, feedback=None, **_form
    ):
        """The customer says how it was: also those who have no mail address."""
        visit = self._own_visit(reception_id, access_token)
        if is_staff():
            raise NotFound
        try:
            visit._rate_by_customer(number(stars), feedback)
        except UserError as refusal:
            tell_next(visit, message=str(refusal), words=feedback)
        return request.redirect(self._visit_url(visit, "", access_token))

    @http.route(
        "/my/visits/<int:reception_id>/watch",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def my_visit_watch(self, reception_id, access_token=None, **_form):
        """The customer who waits would like to watch the repair."""
        visit = self._own_visit(reception_id, access_token)
        if is_staff():
            raise NotFound
        try:
            visit._ask_to_watch()
        except UserError as refusal:
            tell_next(visit, message=str(refusal))
        return request.redirect(self._visit_url(visit, "", access_token))

    # ------------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------------

    def _own_visit(self, reception_id, access_token):
        """The visitor's own visit, in the language of whoever brought the car."""
        visit = priced_document("dealer.reception", reception_id, access_token)
        return in_language_of(visit.contact_id or visit.partner_id, visit)

    def _visit_part(self, visit, access_token):
        """The part of the page that changes, and what it is known by."""
        papers = [
            {"name": name, "url": self._visit_url(visit, f"papers/{key}", access_token)}
            for key, name in visit._portal_papers().items()
        ]
        # staff sees the page, but never the customer's own links
        values = visit._portal_values(with_links=not is_staff())
        for finding in (values["inspection"] or {}).get("findings", ()):
            for what in ("photo", "video"):
                finding[what] = finding[f"has_{what}"] and self._visit_url(
                    visit, f"inspection/{finding['id']}/{what}", access_token
                )
        part = request.env["ir.qweb"]._render(
            "dealer_service.portal_visit_part", {"visit": {**values, "papers": papers}}
        )
        return part, f'"{hashlib.sha256(part.encode()).hexdigest()[:32]}"'

    def _visit_url(self, visit, what, access_token):
        """An address below the visit which keeps the proof of this page."""
        query = f"?{urlencode({'access_token': access_token})}" if access_token else ""
        path = f"/my/visits/{visit.id}/{what}" if what else f"/my/visits/{visit.id}"
        return f"{path}{query}"
