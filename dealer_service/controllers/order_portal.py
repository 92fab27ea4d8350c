"""Where the customer decides about an estimate or a supplement, on his phone.

A GET never changes anything: link previews of messengers open every address. What is
decided is bound to what was shown by a fingerprint of the whole order.
"""

import logging
import re
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request
from odoo.tools.i18n import format_list

from odoo.addons.sale.controllers.portal import CustomerPortal as SaleController

from ..models.common.signature import SignatureRefused
from ..models.orders.sale_order_consent import ConsentRefused
from .private_page import (
    in_language_of,
    is_staff,
    number,
    plain_texts,
    priced_document,
    private,
    show_finding,
    show_paper,
    tell_next,
    text,
    told,
)

_logger = logging.getLogger(__name__)

#: ``id:price`` of a line as a page had it.
_SHOWN_PRICE = re.compile(r"([0-9]{1,9}):(-?[0-9]{1,10}\.[0-9]{2})\b")

PAGE = "/my/service/orders/<int:order_id>"


class DealerOrderPortal(http.Controller):
    @http.route(PAGE, type="http", auth="public", website=True, sitemap=False)
    @plain_texts
    def dealer_order_page(self, order_id, access_token=None, **query):
        """What is offered, and the choice, line by line; then what is to be signed."""
        order = self._dealer_order(order_id, access_token)
        message = told(order).get("message")
        chosen = self._choice(order, request.httprequest.args)
        declined = {line for line, choice in chosen.items() if choice == "declined"}
        lines = order._decidable_lines()
        step = "choose"
        try:
            approved, refused = self._split(order, declined)
        except ConsentRefused as refusal:
            message, query = str(refusal), {}
            # the total is that of what is lit, also while it cannot be had
            refused = lines.filtered(lambda line: line.id in declined)
            approved = lines - refused
        declined = refused.ids
        undecided = [
            line for line in lines if not (line._is_reduction() or line.id in chosen)
        ]
        if undecided:
            if query.get("step") == "confirm" and not message:
                message = order.env._("Please choose for each line.")
            query = {}
            approved = approved.filtered(lambda line: line.id in chosen)
        if order.consent_date or order.state in ("sale", "cancel"):
            step = "decided"
        elif not self._is_offered(order):
            step = "closed"
        elif query.get("step") == "confirm":
            step = "confirm"
        shown = ",".join(f"{line.id}:{line.price_total:.2f}" for line in lines)
        values = {
            "order": order,
            "reception": order.reception_id,
            "step": step,
            "message": message,
            "lines": lines,
            "findings": {
                line.id: self._findings(order, line, access_token) for line in lines
            },
            "chosen": chosen,
            "approved": approved,
            "declined": refused,
            "amount": order._amount_of(approved),
            "reason": (query.get("reason") or "")[:500],
            "version": order._offer_digest(declined),
            "shown": shown,
            "changed": self._changed_prices(lines, query.get("was")),
            "date_promised": order._dealer_promise_text(),
            "access_token": access_token or "",
            "seen_url": not is_staff() and self._url(order, "/seen", access_token),
            "accept_url": self._url(
                order,
                "/accept",
                access_token,
                declined=",".join(map(str, sorted(declined))),
                version=order._offer_digest(declined),
                reason=(query.get("reason") or "")[:500],
            ),
            "back_url": self._url(
                order,
                "",
                access_token,
                **{f"line_{line}": choice for line, choice in chosen.items()},
                was=shown,
            ),
            "customer_name": (order.reception_id.contact_id or order.partner_id).name,
        }
        return private(request.render("dealer_service.order_portal_page", values))

    @http.route(f"{PAGE}/seen", type="jsonrpc", auth="public", website=True)
    @plain_texts
    def dealer_order_seen(self, order_id, **_values):
        """The page is in front of somebody: a preview of the link runs no program."""
        token = text(request.httprequest.args.get("access_token"))
        order = self._dealer_order(order_id, token)
        if not is_staff():
            order._mark_seen()
        return True

    @http.route(f"{PAGE}/accept", type="jsonrpc", auth="public", website=True)
    @plain_texts
    def dealer_order_accept(self, order_id, name=None, signature=None, **values):
        """The customer signed for the lines he wants."""
        args = {name: text(value) for name, value in request.httprequest.args.items()}
        token = args.get("access_token")
        try:
            order = self._dealer_order(order_id, token)
        except NotFound:
            return {"error": request.env._("This link is no longer valid.")}
        if not text(signature):
            return {"error": request.env._("Please sign first.")}
        declined = self._declined_ids(order, args.get("declined"))
        error = self._decide(
            order,
            declined,
            args.get("version"),
            text(name),
            args.get("reason"),
            text(signature),
        )
        if error:
            return {"error": error}
        return {"force_refresh": True, "redirect_url": self._url(order, "", token)}

    @http.route(
        f"{PAGE}/decline",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def dealer_order_decline(self, order_id, access_token=None, **form):
        """The customer wants none of it."""
        order = self._dealer_order(order_id, access_token)
        error = self._decide(
            order,
            order._decidable_lines().ids,
            form.get("version"),
            form.get("name"),
            form.get("reason"),
        )
        if error:
            tell_next(order, message=error)
        return request.redirect(self._url(order, "", access_token))

    @http.route(
        f"{PAGE}/photo/<int:photo_id>", type="http", auth="public", readonly=True
    )
    @plain_texts
    def dealer_order_photo(self, order_id, photo_id, access_token=None):
        """A photo of the supplement, for whoever may see the supplement."""
        order = self._dealer_order(order_id, access_token)
        photo = order.dealer_photo_ids.filtered(lambda p: p.id == photo_id)
        if not photo or not (photo.mimetype or "").startswith("image/"):
            raise NotFound
        stream = request.env["ir.binary"]._get_stream_from(photo)
        return private(stream.get_response())

    @http.route(
        f"{PAGE}/inspection/<int:finding_id>/<string:what>",
        type="http",
        auth="public",
        readonly=True,
    )
    @plain_texts
    def dealer_order_finding(
        self, order_id, finding_id, what, access_token=None, **_query
    ):
        """The photo or the video of what the order is to mend."""
        order = self._dealer_order(order_id, access_token)
        found = order.order_line.multipoint_finding_ids
        return show_finding(found.filtered(lambda row: row.id == finding_id), what)

    @http.route(
        f"{PAGE}/paper",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def dealer_order_paper(self, order_id, access_token=None):
        """What was decided, as the shop's own paper."""
        order = self._dealer_order(order_id, access_token)
        if not order.consent_date:
            raise NotFound
        return show_paper(order, "dealer_service.action_paper_supplement")

    # ------------------------------------------------------------------
    # HELPERS
    # ------------------------------------------------------------------

    def _dealer_order(self, order_id, access_token):
        """The order with all rights, once the visitor proved his own.

        :raise NotFound: the same for a wrong number, token or person
        """
        order = priced_document("sale.order", order_id, access_token)
        if not order.reception_id:
            raise NotFound
        return in_language_of(order.partner_id, order)

    def _findings(self, order, line, access_token):
        """What an inspection has found that the line is to mend, as plain values."""
        rows = [finding._portal_values() for finding in line.multipoint_finding_ids]
        for row in rows:
            for what in ("photo", "video"):
                row[what] = row[f"has_{what}"] and self._url(
                    order, f"/inspection/{row['id']}/{what}", access_token
                )
        return rows

    def _is_offered(self, order):
        """Whether the shop has put the order to the customer, and it still stands."""
        try:
            order._check_decidable(is_approval=True)
        except ConsentRefused:
            return False
        return order.state == "sent"

    def _declined_ids(self, order, text):
        """Ids of lines of the order out of an address, whatever stands there."""
        asked = {number(part) for part in (text or "").split(",")}
        return asked.intersection(order._decidable_lines().ids)

    def _choice(self, order, args):
        """What the form of the first page says, by line; nothing is chosen for anybody.

        :return: dict of ``approved`` or ``declined`` by id of the line
        """
        given = {
            line.id: args.get(f"line_{line.id}") for line in order._decidable_lines()
        }
        return {
            line: choice
            for line, choice in given.items()
            if choice in ("approved", "declined")
        }

    def _split(self, order, declined):
        """What is approved and what refused, on a page where nobody advises.

        :raise ConsentRefused: for parts that nobody would fit, and as the order does
        """
        lonely = order._parts_without_labour(declined)
        if lonely:
            reasons = [
                order.env._(
                    "%(parts)s: fitted as part of %(work)s, which you declined.",
                    parts=self._names(parts),
                    work=self._names(work),
                )
                for work, parts in lonely.items()
            ]
            way_out = order.env._(
                "Decline both or neither; if you want only the parts, please call us."
            )
            raise ConsentRefused(" ".join([*reasons, way_out]))
        return order._split_decision(declined)

    def _changed_prices(self, lines, was):
        """What the lines cost when the customer saw them last, where it was otherwise.

        :param str was: ``id:price`` of each line, as the page before had it
        :return: dict of id of the line: its former price
        """
        former = {
            int(line_id): float(price)
            for line_id, price in _SHOWN_PRICE.findall((was or "")[:5000])
        }
        return {
            line.id: former[line.id]
            for line in lines
            if line.id in former
            and line.currency_id.compare_amounts(former[line.id], line.price_total)
        }

    def _names(self, lines):
        return format_list(lines.env, lines.mapped("name"))

    def _decide(self, order, declined, version, name, reason, signature=None):
        """Record the decision if it was made about what the order is now.

        :return: what to tell the customer; empty when it is recorded, now or before
        """
        env = order.env
        if order.consent_date or order.state in ("sale", "cancel"):
            # the second tap, or the second device: what was decided is shown
            return ""
        if order.state != "sent" or order._offer_digest(declined) != version:
            return env._(
                "The offer has changed since you opened it. Please look at it again."
            )
        user = request.env.user
        by_staff = is_staff()
        try:
            self._split(order, declined)
            if by_staff:
                # who opens the page does not become the customer: he records for him
                order.with_user(user)._check_advisor()
            with env.cr.savepoint():
                order._decide(
                    dict.fromkeys(declined, (reason or "")[:500] or False),
                    {
                        "consent_method": "signature" if signature else "message",
                        "consent_by": (name or "").strip()[:100],
                        "consent_date": fields.Datetime.now(),
                        "consent_note": env._(
                            "Recorded on the customer's page by %s.", user.name
                        )
                        if by_staff
                        else env._("Decided on the customer's link."),
                        "consent_user_id": by_staff and user.id,
                    },
                    signature=signature,
                )
        except (AccessError, ConsentRefused, SignatureRefused) as refusal:
            return str(refusal)
        except UserError:
            _logger.info("Decision on order %s was refused", order.id, exc_info=True)
            return env._(
                "Your decision could not be recorded. Please call your service advisor."
            )
        return ""

    def _url(self, order, suffix, access_token, **query):
        """Address of the page with the token the visitor came with, or none."""
        if access_token:
            query["access_token"] = access_token
        query = {key: value for key, value in query.items() if value}
        return f"/my/service/orders/{order.id}{suffix}?{urlencode(query)}"


class DealerSalePortal(SaleController):
    """Sale's own page decides all or nothing: orders of visits have their own."""

    @http.route()
    def portal_order_page(self, order_id, report_type=None, access_token=None, **kw):
        try:
            order = self._document_check_access(
                "sale.order", order_id, access_token=access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        if order.reception_id:
            # also in the place of a plain quotation: the paper is ours
            token = f"?access_token={access_token}" if access_token else ""
            return request.redirect(f"{order.access_url}{token}")
        return super().portal_order_page(
            order_id, report_type=report_type, access_token=access_token, **kw
        )
