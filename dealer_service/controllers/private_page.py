"""Pages of one customer: behind his login, or behind an unguessable link."""

import functools

from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.common.ir_http import PRIVATE_HEADERS
from ..models.public.ir_http_nothing import NothingHere

#: Where the session keeps what a form is told, until its page has shown it.
TOLD = "dealer_told"


def private(response):
    """Have no cache keep an answer, no search engine list it, no link betray it, and
    no page of strangers show it in a frame."""
    request.future_response.headers.update(PRIVATE_HEADERS)
    return response


def show_paper(document, report):
    """A paper of the customer's: a file to keep.

    The browser of WeChat opens no PDF: it offers a download that many phones cannot
    read. There the paper is a page.

    :param str report: XML id of the report
    """
    agent = request.httprequest.user_agent.string
    kind = "html" if "MicroMessenger" in agent else "pdf"
    show = CustomerPortal()._show_report
    return private(show(document, kind, report, download=kind == "pdf"))


def show_finding(finding, what):
    """The photo or the video of a finding, to be looked at on the page.

    :raise NotFound: when there is none
    """
    if what not in ("photo", "video") or not finding or not finding[f"has_{what}"]:
        raise NotFound
    kind = {"photo": "image/jpeg", "video": "video/mp4"}[what]
    stream = request.env["ir.binary"]._get_stream_from(finding, what, mimetype=kind)
    stream.mimetype = kind
    return private(stream.get_response())


def text(value):
    """What a visitor sent, as a text that can be stored; empty for whatever else he
    sent: a file in the place of a field, a list, a number."""
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


def plain_texts(endpoint):
    """Decorate an endpoint: all it is sent arrives as text, see :func:`text`.

    Numbers are those of its own address; forms and queries have none. A link that leads
    nowhere is answered by a page that says whom to call.
    """

    @functools.wraps(endpoint)
    def with_texts(self, *args, **values):
        for name, value in values.items():
            # a token with a letter taken out would be another one
            broken = name.endswith("token") and "\0" in str(value)
            if type(value) is not int:
                values[name] = "" if broken else text(value)
        try:
            return endpoint(self, *args, **values)
        except NothingHere:
            raise
        except NotFound as error:
            raise NothingHere from error

    return with_texts


def tell_next(record, **words):
    """Keep what the next page of ``record`` is to say to this visitor, once.

    Never in the address: nobody puts words into our page by sending a link.
    """
    request.session[TOLD] = {"of": [record._name, record.id], **words}


def told(record):
    """What was kept for this page: a dict, empty when there is nothing to say."""
    words = request.session.get(TOLD)
    if not words:
        return {}
    del request.session[TOLD]
    return words if words["of"] == [record._name, record.id] else {}


def is_staff():
    """Whether somebody of the shop looks at the page, and not a customer."""
    return request.env.user._is_internal()


def own_document(model, record_id, access_token):
    """The record with all rights, once the visitor proved his own.

    Staff prove it by their own rights alone: in their session a link opens nothing.

    :raise NotFound: the same for a wrong number, token or person
    """
    if not (access_token or "").isascii():
        raise NotFound  # what compares tokens fails on other letters
    if is_staff():
        access_token = None
    try:
        return CustomerPortal()._document_check_access(model, record_id, access_token)
    except (AccessError, MissingError):
        raise NotFound from None


def priced_document(model, record_id, access_token):
    """As :func:`own_document`, for a page that shows prices: to staff that reads them.

    :raise NotFound: the same for a wrong number, token, person or role
    """
    env = request.env
    if is_staff() and not (
        env["dealer.price.access"]._sees_prices()
        and env["sale.order"].has_access("read")
    ):
        raise NotFound
    return own_document(model, record_id, access_token)


def number(text):
    """The number a visitor sent as text; None for whatever else he sent."""
    text = str(text or "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def in_language_of(partner, record):
    """``record`` in the customer's language, and the rest of the page with it.

    Whoever has a login reads in the language of that.
    """
    if not request.env.user._is_public() or not partner.lang:
        return record
    request.update_context(lang=partner.lang)
    return record.with_context(lang=partner.lang)
