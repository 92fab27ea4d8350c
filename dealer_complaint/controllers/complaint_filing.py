"""Where customers complain: with a login, or from the page of their visit."""

from uuid import uuid4

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.dealer_service.controllers.private_page import (
    in_language_of,
    number,
    own_document,
    plain_texts,
    private,
)

from ..models.customer.dealer_complaint_filing import MAX_REQUEST, MAX_TEXT
from .complaint_portal import uploaded_photos

#: So many visits are offered to choose from.
MAX_VISITS = 20


class ComplaintFiling(http.Controller):
    # ------------------------------------------------------------------
    # WITH A LOGIN
    # ------------------------------------------------------------------

    @http.route(
        "/my/complaints/new",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def new_complaint(self, **query):
        """The empty form."""
        self._check_customer()
        return self._form(visit_id=number(query.get("visit")))

    @http.route(
        "/my/complaints/new",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_REQUEST,
    )
    @plain_texts
    def file_complaint(self, **form):
        """Make a complaint of the form; the same form makes one."""
        self._check_customer()
        user = request.env.user
        car = self._own_cars().filtered(
            lambda c: c.id == number(form.get("vehicle_id"))
        )
        visit = self._own_visits().filtered(
            lambda v: v.id == number(form.get("reception_id"))
        )
        company = visit.company_id or user.company_id
        known = {
            "vehicle_id": (visit.vehicle_id or car).id,
            "reception_id": visit.id,
            "category_id": self._category(form.get("category_id")),
        }
        return self._file(
            form,
            user.partner_id,
            company,
            known,
            lambda message: self._form(form, message, car_id=car.id, visit_id=visit.id),
            with_token=False,
        )

    # ------------------------------------------------------------------
    # WITH THE LINK OF A VISIT
    # ------------------------------------------------------------------

    @http.route(
        "/my/visits/<int:reception_id>/complaint",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def new_visit_complaint(self, reception_id, access_token=None, **_query):
        """The form about one visit, for whoever may see the visit."""
        visit = self._visit(reception_id, access_token)
        return self._visit_form(visit, access_token)

    @http.route(
        "/my/visits/<int:reception_id>/complaint",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_REQUEST,
    )
    @plain_texts
    def file_visit_complaint(self, reception_id, access_token=None, **form):
        """A complaint about one visit."""
        visit = self._visit(reception_id, access_token)
        user = request.env.user
        if user._is_internal():
            raise NotFound
        partner = visit.partner_id if user._is_public() else user.partner_id
        known = {
            "vehicle_id": visit.vehicle_id.id,
            "reception_id": visit.id,
            "category_id": self._category(form.get("category_id")),
        }
        return self._file(
            form,
            partner,
            visit.company_id,
            known,
            lambda message: self._visit_form(visit, access_token, form, message),
            with_token=user._is_public(),
        )

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _file(self, form, partner, company, known, again, with_token):
        """Make the complaint and show its page.

        :param again: the form once more, with what was wrong
        :param bool with_token: the visitor has no login and needs the link
        """
        try:
            with request.env.cr.savepoint():
                complaint = request.env["dealer.complaint"]._file_by_customer(
                    form.get("form_key"),
                    partner,
                    company,
                    {
                        "text": form.get("text"),
                        "wish": form.get("wish"),
                        "is_safety": form.get("is_safety"),
                    },
                    uploaded_photos(),
                    **known,
                )
        except UserError as refusal:
            return again(str(refusal))
        url = complaint.get_portal_url() if with_token else complaint.access_url
        return request.redirect(url)

    def _form(self, form=None, message="", car_id=None, visit_id=None):
        visits = self._own_visits()
        values = {
            "action": "/my/complaints/new",
            "page_name": "complaints",
            "cars": [
                {"id": car.id, "name": f"{car.license_plate} {car.model_id.name}"}
                for car in self._own_cars()
            ],
            "visits": [
                {
                    "id": visit.id,
                    "name": " · ".join(
                        filter(
                            None,
                            (
                                visit.company_id._dealer_format(
                                    visit.date_arrived or visit.create_date
                                ),
                                visit.license_plate,
                                visit.name,
                            ),
                        )
                    ),
                }
                for visit in visits
            ],
            "car_id": car_id,
            "visit_id": visit_id,
            "company": request.env.user.company_id.name,
            "phone": request.env.user.company_id.phone,
            "about": None,
        }
        return self._render(values, form, message)

    def _visit_form(self, visit, access_token, form=None, message=""):
        values = {
            "action": f"/my/visits/{visit.id}/complaint",
            "page_name": "visits",
            "cars": [],
            "visits": [],
            "company": visit.company_id.name,
            "shop": visit.company_id,
            "phone": visit.company_id.phone,
            "about": " · ".join(filter(None, (visit.license_plate, visit.name))),
            "access_token": access_token or "",
        }
        return self._render(values, form, message)

    def _render(self, values, form, message):
        form = form or {}
        values.update(
            # a form sent again keeps its key: it makes the same complaint
            form_key=form.get("form_key") or str(uuid4()),
            message=message,
            text=form.get("text", ""),
            wish=form.get("wish", ""),
            is_safety=form.get("is_safety"),
            category_id=number(form.get("category_id")),
            categories=[
                {"id": category.id, "name": category.name}
                for category in self._categories()
            ],
            max_text=MAX_TEXT,
        )
        return private(request.render("dealer_complaint.portal_new_complaint", values))

    def _check_customer(self):
        """Staff writes complaints down at the desk, not as a customer."""
        if request.env.user._is_internal():
            raise NotFound

    def _visit(self, reception_id, access_token):
        """The visit with all rights, once the visitor proved his own.

        :raise NotFound: the same for whatever is wrong, and before the car was here
        """
        visit = own_document("dealer.reception", reception_id, access_token)
        if not visit.date_arrived or visit.state == "cancelled":
            raise NotFound
        return in_language_of(visit.contact_id or visit.partner_id, visit)

    def _own_cars(self):
        # the rule of portal users says which cars are their own; their models and
        # names are shown with them
        return request.env["fleet.vehicle"].search([], order="license_plate").sudo()

    def _own_visits(self):
        visits = request.env["dealer.reception"].search(
            [("date_arrived", "!=", False), ("state", "!=", "cancelled")],
            order="date_arrived desc",
            limit=MAX_VISITS,
        )
        # as above: the rule said which visits are their own
        return visits.sudo()

    def _categories(self):
        # customers have no rights on it: names to choose from on the form
        categories = request.env["dealer.complaint.category"].sudo()
        return categories.search([("parent_id", "=", False)])

    def _category(self, text):
        category_id = number(text)
        return category_id if category_id in self._categories().ids else False
