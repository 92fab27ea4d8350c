from markupsafe import Markup
from werkzeug.exceptions import BadRequest, NotFound

from odoo import models
from odoo.http import request

from ..common.ir_http import PRIVATE_HEADERS


class NothingHere(NotFound):
    """A link of ours that leads nowhere: it is wrong, was replaced, or has ended."""

    is_for_gate = False


class GuardsOnly(NothingHere):
    """The code on a gate pass, which the guard's phone alone reads."""

    is_for_gate = True


class IrHttp(models.AbstractModel):
    """Whoever stands before a closed door reads whom to call, in words of their own."""

    _name = "ir.http"
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        module = getattr(rule.endpoint, "func", rule.endpoint).__module__
        request.is_dealer_page = module.startswith("odoo.addons.dealer_")
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _handle_error(cls, exception):
        is_page = request.dispatcher.routing_type == "http"
        # the form of a page whose session is over: Odoo tells programmers
        is_stale = (
            isinstance(exception, BadRequest)
            and "CSRF" in str(exception.description)
            and getattr(request, "is_dealer_page", False)
        )
        if not is_page or not (is_stale or isinstance(exception, NothingHere)):
            return super()._handle_error(exception)
        # what the link was tried for leaves nothing behind
        request.env.cr.rollback()
        if is_stale:
            return cls._closed_page(400, is_stale=True)
        return cls._closed_page(404, is_for_gate=exception.is_for_gate)

    @classmethod
    def _closed_page(cls, status, **kind):
        """The same page for every link of a kind: nobody learns which ones exist."""
        # who stands before a closed door has no rights, and is told whom to call
        company = request.env["res.company"].sudo()._of_visitor()
        html = company.env["ir.qweb"]._render(
            "dealer_service.nothing_here",
            {
                "language": company.env.lang.replace("_", "-"),
                "shops": company._hotlines(),
                "icp": company.dealer_icp_number or "",
                "is_staff": request.env.user._is_internal(),
                **kind,
            },
            lang=company.env.lang,
        )
        return request.make_response(
            Markup("<!DOCTYPE html>\n") + html,
            headers=[
                ("Content-Type", "text/html; charset=utf-8"),
                *PRIVATE_HEADERS.items(),
            ],
            status=status,
        )
