from markupsafe import Markup
from werkzeug.exceptions import NotFound

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
    def _handle_error(cls, exception):
        is_page = request.dispatcher.routing_type == "http"
        if not isinstance(exception, NothingHere) or not is_page:
            return super()._handle_error(exception)
        # what the link was tried for leaves nothing behind
        request.env.cr.rollback()
        return cls._nothing_here(exception.is_for_gate)

    @classmethod
    def _nothing_here(cls, is_for_gate):
        """The same page for every link of a kind: nobody learns which ones exist."""
        # who stands before a closed door has no rights, and is told whom to call
        company = request.env["res.company"].sudo()._of_visitor()
        html = company.env["ir.qweb"]._render(
            "dealer_service.nothing_here",
            {
                "language": company.env.lang.replace("_", "-"),
                "shops": company._hotlines(),
                "icp": company.dealer_icp_number or "",
                "is_for_gate": is_for_gate,
                "is_staff": request.env.user._is_internal(),
            },
            lang=company.env.lang,
        )
        return request.make_response(
            Markup("<!DOCTYPE html>\n") + html,
            headers=[
                ("Content-Type", "text/html; charset=utf-8"),
                *PRIVATE_HEADERS.items(),
            ],
            status=404,
        )
