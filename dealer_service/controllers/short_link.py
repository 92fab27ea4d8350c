"""The short links of text messages.

A GET changes nothing: link previews of messengers open every address.
"""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from .booking_pages import LINKS
from .private_page import is_staff, plain_texts, private


class ShortLink(http.Controller):
    @http.route("/r/<string:token>", methods=["GET"], readonly=True, **LINKS)
    @plain_texts
    def short_link(self, token, **_query):
        """On to the page of the message; in a session of staff there is none.

        :raise NotFound: the same for a link that is wrong, withdrawn or has ended
        """
        path = request.env["dealer.message.link"]._path_of(token)
        if not path or is_staff():
            raise NotFound
        response = request.redirect(path, code=302)
        # the key stands in the address and in no page
        response.set_data(b"")
        return private(response)
