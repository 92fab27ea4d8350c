"""The booking of a customer, by the link of its message: seen, moved, cancelled."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from ..models.online.dealer_online_booking import OnlineRefused
from .booking_pages import LINKS, MAX_FORM, BookingPages
from .private_page import is_staff, plain_texts, tell_next


class OwnBookingPage(BookingPages):
    @http.route("/b/<string:token>", methods=["GET"], **LINKS)
    @plain_texts
    def own_booking(self, token, step=None, day=None, lang=None, **_query):
        """The own booking, by the link of its message, where it is changed."""
        booking = self._own(token, lang)
        company = booking.company_id
        values = {"booking": booking._page_values(), "link": f"/b/{token}"}
        if step not in ("move", "cancel") or not booking._may_change():
            step = "own"
        if step == "move":
            values |= booking._slot_pages(company, booking._other_slots(), day)
        return self._page(
            company, f"online_{step}", step=step, told_of=booking, **values
        )

    @http.route(
        "/b/<string:token>/<string:step>",
        methods=["POST"],
        max_content_length=MAX_FORM,
        **LINKS,
    )
    @plain_texts
    def own_booking_step(self, token, step, slot=None, **_form):
        """Move or cancel the own booking."""
        booking = self._own(token)
        address = f"/b/{token}"
        try:
            if step == "move":
                with request.env.cr.savepoint():
                    booking._move(self._moment(slot))
                words = booking.env._("Your appointment has been moved.")
            elif step == "cancel":
                booking._call_off()
                words = booking.env._("Your appointment has been cancelled.")
            else:
                raise NotFound
            tell_next(booking, words=words, tone="good")
        except OnlineRefused as refusal:
            tell_next(booking, words=str(refusal), tone="bad")
            address += "?step=move" if refusal.step == "when" else ""
        return request.redirect(address, code=303)

    def _own(self, token, lang=None):
        """The booking of a link, with all rights; in a session of staff it is none.

        :raise NotFound: the same for every other link
        """
        booking = request.env["dealer.online.booking"]._by_link(token)
        if not booking or is_staff():
            raise NotFound
        return self._in_language(booking, booking.company_id, lang)
