"""Where the telephone exchange of a shop tells of its calls."""

from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from odoo import http
from odoo.http import request

from ..models.calls.dealer_call_exchange import Refused
from .private_page import plain_texts, private

#: Two hundred calls with long links; more is no delivery.
LARGEST = 512 * 1024


class CallHook(http.Controller):
    @http.route(
        "/dealer/calls/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    @plain_texts
    def call_hook(self, token, **_form):
        """Take in what the exchange says. Who sends it is proven by its signature.

        Told again, a call is not told twice; so the exchange may repeat what it is not
        sure of. Whoever is refused learns nothing but that.
        """
        exchange = request.env["dealer.call.exchange"]._by_link(token)
        if not exchange:
            raise NotFound
        sent = request.httprequest
        if (sent.content_length or 0) > LARGEST:
            raise RequestEntityTooLarge
        adapter = exchange.adapter_id
        try:
            with exchange.env.cr.savepoint():
                exchange._receive(
                    sent.get_data(),
                    sent.headers.get(adapter.signature_header),
                    sent.headers.get(adapter.timestamp_header),
                )
        except Refused as refusal:
            exchange._note_refusal(refusal)
            return private(request.make_response("refused", status=403))
        kind = "application/json" if adapter.answer[:1] in "{[" else "text/plain"
        return private(request.make_response(adapter.answer, [("Content-Type", kind)]))
