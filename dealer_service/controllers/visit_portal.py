"""The customer's page: where my car is, what was agreed to, my earlier visits."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

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
    def my_visit(self, reception_id, access_token=None, **_query):
        """One visit, by login or by its unguessable link. Changes nothing."""
        try:
            visit = self._document_check_access(
                "dealer.reception", reception_id, access_token
            )
        except (AccessError, MissingError) as error:
            raise NotFound() from error
        values = {"page_name": "visits", "visit": visit._portal_values()}
        response = request.render("dealer_service.portal_visit", values)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
