from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import request

#: No cache keeps the answer, no search engine lists it, no link betrays its address,
#: no page of strangers shows it in a frame.
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Robots-Tag": "noindex, nofollow",
}


class IrHttp(models.AbstractModel):
    """Addresses with a secret in them: whatever is answered is private.

    Also what Odoo answers itself: errors, and redirects that repeat the address, to the
    page in another language for one.
    """

    _inherit = "ir.http"

    #: Parts of addresses that are followed by a secret.
    _secret_paths = ("/rate/",)

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The pad on which the customer signs speaks the language of its page."""
        return [*super()._get_translation_frontend_modules_name(), "dealer_service"]

    @classmethod
    def _match(cls, path):
        """Nothing has a NUL in its address; looking for it ends in an error.

        Neither has a secret, which some pages of Odoo take from the query.
        """
        if cls._has_nul(path):
            raise NotFound
        is_secret = request.httprequest.args.get("access_token") or any(
            part in path for part in cls._secret_paths
        )
        if is_secret:
            request.future_response.headers.update(PRIVATE_HEADERS)
        return super()._match(path)

    @classmethod
    def _serve_fallback(cls):
        """What has a NUL in its address is no page of the website either.

        The answer is plain and not to be kept, as to any other wrong link.
        """
        if cls._has_nul(request.httprequest.path):
            headers = {"Content-Type": "text/plain", "Cache-Control": "no-store"}
            return request.make_response("Not found", list(headers.items()), status=404)
        return super()._serve_fallback()

    @classmethod
    def _has_nul(cls, path):
        return any("\0" in part for part in (path, *request.httprequest.args.values()))
