from werkzeug.exceptions import NotFound

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from ...tools.arguments import MAX_NUMBER, MAX_ROW
from ...tools.field_values import is_of_suite

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
    def _dispatch(cls, endpoint):
        """Records of ours are called by their numbers; anything else in the place of
        one would end as an error of the database, in the middle of a method."""
        params = request.params
        if endpoint.routing["type"] == "json2":
            cls._check_numbers(params.get("__model__"), params.get("ids"))
        elif request.httprequest.path.startswith("/web/dataset/call_"):
            model, given = params.get("model"), params.get("args")
            method = getattr(request.registry.get(model), str(params.get("method")), 0)
            if given and not getattr(method, "_api_model", False):
                cls._check_numbers(model, given[0])
        return super()._dispatch(endpoint)

    @classmethod
    def _check_numbers(cls, model, ids):
        """:raise UserError: for what is no number of a record of the suite"""
        known = request.registry.get(model)
        if not ids or not known or not is_of_suite(known):
            return
        most = MAX_NUMBER if known._auto else MAX_ROW
        for number in ids if isinstance(ids, (list, tuple)) else [ids]:
            if type(number) is not int or not 0 < number <= most:
                raise UserError(
                    request.env._(
                        "%(value)s is not the number of a record. Records are called "
                        "by a whole number, or a list of them.",
                        value=repr(number)[:100],
                    )
                )

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
