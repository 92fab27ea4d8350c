"""Where the customer gives and withdraws consent: as easy one way as the other."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.dealer_service.controllers.private_page import (
    in_language_of,
    is_staff,
    number,
    plain_texts,
    private,
    tell_next,
    told,
)
from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.customer.res_partner_consent import TooManyDecisions


class ConsentPage(CustomerPortal):
    @http.route(
        ["/my/consent", "/consent/<string:token>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def consent(self, token=None, **_query):
        """What the own number is used for. Changes nothing."""
        if not token and request.env.user._is_public():
            return request.redirect("/web/login?redirect=/my/consent")
        partner = self._consent_partner(token)
        return private(
            request.render(
                "dealer_followup.consent_page",
                {
                    "page_name": "consent",
                    "consent": partner._consent_values(by_link=bool(token)),
                    "action": self._consent_address(token),
                    "told": told(partner),
                },
            )
        )

    @http.route(
        ["/my/consent/decide", "/consent/<string:token>/decide"],
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    @plain_texts
    def consent_decide(
        self,
        token=None,
        shop=None,
        purpose=None,
        decision=None,
        version=None,
        **_fields,
    ):
        """Write the decision into the ledger."""
        if not token and request.env.user._is_public():
            raise NotFound
        partner = self._consent_partner(token)
        if not token and partner._is_number_of_another():
            # the page says why there is nothing to decide
            return request.redirect(self._consent_address(token), code=303)
        how = (
            partner.env._(
                "Decided on the customer's own page, through the link the customer "
                "was sent."
            )
            if token
            else partner.env._("Decided on the customer's own page, signed in.")
        )
        try:
            shop_id = number(shop)
            if partner._decide_consent(shop_id, purpose, decision, how, version):
                tell_next(partner, saved=True)
        except TooManyDecisions as refusal:
            tell_next(partner, message=str(refusal))
        return request.redirect(self._consent_address(token), code=303)

    def _consent_address(self, token):
        return f"/consent/{token}" if token else "/my/consent"

    def _consent_partner(self, token):
        """The customer with all rights, once he has shown who he is.

        :raise NotFound: for every link but the right one, and for every link in a
            session of staff: colleagues record a consent on the customer's card
        """
        if token and is_staff():
            raise NotFound
        # a customer has no rights on the ledger; his link or login is the proof
        partners = request.env["res.partner"].sudo()
        if token:
            partner = partners._by_consent_token(token)
            if not partner:
                raise NotFound
        else:
            partner = partners.browse(request.env.user.partner_id.id)
        return in_language_of(partner, partner)
