from werkzeug.exceptions import BadRequest, Forbidden

from odoo import http
from odoo.http import request

from odoo.addons.rating.controllers.main import Rating
from odoo.addons.rating.models.rating_data import (
    RATING_HAPPY_VALUE,
    RATING_NEUTRAL_VALUE,
    RATING_UNHAPPY_VALUE,
)

from .private_page import is_staff, plain_texts

#: What the page offers.
FACES = (RATING_HAPPY_VALUE, RATING_NEUTRAL_VALUE, RATING_UNHAPPY_VALUE)


class DealerRating(Rating):
    """Odoo's page of a rating: what is about us is answered by the customer alone."""

    @http.route()
    def action_open_rating(self, token, rate, **kwargs):
        """The page with one of its faces chosen."""
        if rate not in FACES:
            raise BadRequest
        return super().action_open_rating(token, rate, **kwargs)

    @http.route()
    @plain_texts
    def action_submit_rating(self, token, rate="", **kwargs):
        """Record what the customer says."""
        self._get_rating_and_record(token)
        if request.httprequest.method == "POST" and rate not in map(str, FACES):
            raise BadRequest
        return super().action_submit_rating(token, rate=rate, **kwargs)

    def _get_rating_and_record(self, token):
        """In a session of staff the link proves nothing: nobody rates himself."""
        rating, record = super()._get_rating_and_record(token)
        if is_staff() and rating._rated_by_customers():
            raise Forbidden(
                request.env._(
                    "You are signed in as staff. A rating can be given only by the "
                    "customer."
                )
            )
        return rating, record
