"""What the providers of text messages push: receipts, and what customers write back.

They sign nothing. The address is the secret, and it tells a shop its own messages only.
"""

import json

from werkzeug.exceptions import BadRequest, NotFound, ServiceUnavailable

from odoo import http
from odoo.http import request

#: A hundred rows are twenty times less.
MOST_BYTES = 1_000_000
#: What each provider takes for "received".
RECEIVED = {
    "aliyun": {"code": 0, "msg": "OK"},
    "tencent": {"result": 0, "errmsg": "OK"},
}


class SmsCallback(http.Controller):
    @http.route(
        "/dealer/sms/<string:provider>/<string:kind>/<string:key>",
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        sitemap=False,
    )
    def sms_callback(self, provider, kind, key, **_form):
        """Put down what was pushed and say so; it is done by a job.

        :param str provider: ``aliyun`` or ``tencent``; what was sent by the one before
            comes back from there
        :param str kind: ``receipts`` or ``replies``
        :param str key: of the shop
        """
        company = request.env["res.company"]._dealer_sms_company(key)
        is_known = provider in RECEIVED and kind in ("receipts", "replies")
        if not company or not is_known:
            raise NotFound
        rows = self._rows()
        # the address is the permission; who comes by it is nobody
        inbox = request.env["dealer.sms.inbox"].sudo()
        if not inbox._put_down(company, provider, kind, rows):
            raise ServiceUnavailable
        return request.make_json_response(RECEIVED[provider])

    def _rows(self):
        """The rows in the body: a list, or one alone."""
        if (request.httprequest.content_length or 0) > MOST_BYTES:
            raise BadRequest
        try:
            rows = json.loads(request.httprequest.get_data())
        except (UnicodeDecodeError, ValueError, RecursionError):
            raise BadRequest from None
        return rows if isinstance(rows, list) else [rows]
