"""The gate: a guard's phone, known by its link; a pass, known by its code.

A GET never changes anything: link previews of messengers open every address.
"""

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.gate.dealer_gate_pass import PassRefused
from ..models.public.ir_http_nothing import GuardsOnly
from .private_page import number, plain_texts, private, tell_next, told

#: Where the guard's browser keeps which gate it is: the code on a pass opens there.
COOKIE = "dealer_gate"
#: Seconds for which it knows; opening the link of the gate begins them anew.
REMEMBERED = 400 * 24 * 3600


class GatePage(http.Controller):
    @http.route(
        "/gate/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    @plain_texts
    def gate_door(self, token, plate=None, **_query):
        """What the guard's phone shows: the cars that may leave, and those outside."""
        device = self._device(token)
        response = self._page(
            device, plate=plate or "", **device._gate_rows(plate or "")
        )
        self._remember(response, device)
        return response

    @http.route(
        "/gate/<string:token>/check",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
    )
    @plain_texts
    def gate_move(self, token, gate_pass=None, move=None, **_form):
        """The guard lets a car out, or in again. A second tap is told so."""
        device = self._device(token)
        gate_pass = device.env["dealer.gate.pass"].browse(number(gate_pass) or 0)
        gate_pass = gate_pass.exists()
        if gate_pass and gate_pass.company_id == device.company_id:
            tell_next(device, **self._moved(device, gate_pass, move))
        return request.redirect(f"/gate/{device.access_token}", code=303)

    @http.route(
        "/gate/pass/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    @plain_texts
    def gate_scan(self, token, **_query):
        """What the code on a pass opens on the guard's phone, and nowhere else."""
        try:
            device = self._device(request.httprequest.cookies.get(COOKIE))
        except NotFound:
            # the customer looks what the code on the paper is
            raise GuardsOnly from None
        gate_pass = device.env["dealer.gate.pass"]._by_link(token)
        if gate_pass.company_id != device.company_id:
            # a code of another shop is told from no other wrong code
            gate_pass = gate_pass.browse()
        scanned = gate_pass and gate_pass.with_env(device.env)._gate_row()
        return self._page(device, is_scan=True, scanned=scanned)

    # ------------------------------------------------------------------
    # INNER
    # ------------------------------------------------------------------

    def _device(self, token):
        """The gate with all rights, in the language of its shop.

        :raise NotFound: the same for every other link
        """
        device = request.env["dealer.gate.device"]._by_link(token)
        if not device:
            raise NotFound
        request.update_context(lang=device.env.lang)
        return device

    def _moved(self, device, gate_pass, move):
        """Let the car through: what the next page says, and in which tone."""
        plate = gate_pass.license_plate or gate_pass.name
        try:
            if move == "back":
                gate_pass._let_in(device)
                words = device.env._("%(plate)s is back.", plate=plate)
            else:
                gate_pass._let_out(device)
                words = device.env._("%(plate)s may leave.", plate=plate)
        except PassRefused as refusal:
            return {"words": f"{plate}: {refusal}", "tone": "bad"}
        return {"words": words, "tone": "good"}

    def _page(self, device, **values):
        html = request.env["ir.qweb"]._render(
            "dealer_service.gate_page",
            {
                "device": device.name,
                "shop": device.company_id.name,
                "icp": device.company_id.dealer_icp_number,
                "language": device.env.lang.replace("_", "-"),
                "address": f"/gate/{device.access_token}",
                "csrf": request.csrf_token(),
                "told": told(device),
                "plate": "",
                "is_scan": False,
                **values,
            },
            lang=device.env.lang,
        )
        return private(request.make_response(Markup("<!DOCTYPE html>\n") + html))

    def _remember(self, response, device):
        """The phone is the guard's from now on, until the link is renewed."""
        response.set_cookie(
            COOKIE,
            device.access_token,
            max_age=REMEMBERED,
            path="/gate",
            secure=request.httprequest.scheme == "https",
            httponly=True,
            samesite="Lax",
        )
