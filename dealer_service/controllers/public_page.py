"""What a shop tells everybody: prices, hours, warranty, and where to complain.

A page behind a link that stands on posters. Who opens it learns nothing of a customer.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .private_page import plain_texts, private


class PublicPage(http.Controller):
    @http.route(
        "/dealer/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
        # what somebody was shown is kept, see dealer.public.posting
        readonly=False,
    )
    @plain_texts
    def public_page(self, token, **_query):
        """The page; the same for everybody who has the link."""
        company = self._shop(token)
        posting = company._public_posting()
        request.update_context(lang=company.env.lang)
        return private(
            request.render(
                "dealer_service.public_page",
                {
                    "shop": company,
                    "posted": posting.content,
                    "since": company._dealer_format(posting.date_from),
                    "links": company._public_links(),
                },
            )
        )

    def _shop(self, token):
        """The shop of a link.

        :raise NotFound: the same for every other address
        """
        company = request.env["res.company"]._public_company(token)
        if not company:
            raise self._nothing()
        return company

    def _nothing(self):
        return NotFound()
