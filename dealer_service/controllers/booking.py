"""The customer books alone, on the phone: no script, no login needed.

A GET never changes anything: link previews of messengers open every address. What is
typed is kept in the session of the browser until it is booked, and nowhere else.
"""

import secrets
from datetime import timedelta

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.http import request

from ..models.online.dealer_online_booking import (
    MAX_LETTERS,
    MAX_LINES,
    MAX_WISH,
    OnlineRefused,
)
from ..tools.phone import is_mobile_of, phone_key
from ..tools.plate import is_no_plate
from .booking_pages import LINKS, MAX_FORM, BookingPages
from .private_page import is_staff, number, plain_texts, tell_next

#: Where the session keeps what was typed.
DRAFT = "dealer_booking"
#: How long a proven telephone stays proven in the browser.
PROVEN_MINUTES = 30
#: Steps of a booking, in their order.
STEPS = ("what", "when", "who", "check")
#: What their pages send.
TAKEN = ("what", "when", "code", "prove", "book")


class BookingPage(BookingPages):
    @http.route("/book/<string:token>", methods=["GET"], **LINKS)
    @plain_texts
    def booking_page(self, token, step=None, day=None, lang=None, **_query):
        """One step of a booking; whichever is asked for, the first that is open."""
        company = self._shop(token, lang)
        draft = self._draft(company)
        step = self._open_step(company, draft, step)
        values = getattr(self, f"_show_{step}")(company, draft, day)
        return self._page(company, f"online_{step}", step=step, draft=draft, **values)

    @http.route(
        "/book/<string:token>/<string:step>",
        methods=["POST"],
        max_content_length=MAX_FORM,
        **LINKS,
    )
    @plain_texts
    def booking_step(self, token, step, **form):
        """Take what a page has sent, and go on to the next."""
        company = self._shop(token)
        take = getattr(self, f"_take_{step}", None) if step in TAKEN else None
        if not take:
            raise NotFound
        draft = self._draft(company)
        try:
            address = take(company, draft, form)
        except OnlineRefused as refusal:
            address = self._refused(company, draft, refusal)
        return request.redirect(address, code=303)

    # ------------------------------------------------------------------
    # WHAT IS SHOWN
    # ------------------------------------------------------------------

    def _show_what(self, company, draft, _day):
        # without text messages nobody is sent a code: said before anything is chosen
        can_go_on = company.dealer_sms_provider or self._person() or draft["phone"]
        return {
            "cannot_prove": not can_go_on and self._words_of_code(company, "unsent"),
            "packages": company._online_packages(),
            "advisors": [
                {"id": user.id, "name": user.name}
                for user in company._dealer_advisors()
            ],
        }

    def _show_when(self, company, draft, day):
        bookings = company.env["dealer.online.booking"]
        slots = self._slots(company, draft)
        return bookings._slot_pages(company, slots, day or (draft["slot"] or "")[:10])

    def _show_who(self, company, draft, _day):
        words = company.env._("We have sent a code to %(phone)s.", phone=draft["typed"])
        # whoever has the code sent once more has read the notice a minute ago
        version = company._online_notice_version()
        return {
            "notice": company._online_notice(),
            "has_agreed": bool(draft["asked"]) and draft["agreed"] == version,
            "sent_words": words,
        }

    def _show_check(self, company, draft, _day):
        bookings = company.env["dealer.online.booking"]
        phone, person = draft["phone"], self._person()
        package = company.dealer_online_package_ids.browse(draft["package"] or [])
        return {
            "when": company._dealer_format(self._moment(draft["slot"])),
            "package": package.name or "",
            "advisor": self._advisor(company, draft).name or "",
            "cars": [
                {"id": car.id, "name": car.license_plate or car.display_name}
                for car in bookings._cars_of(company, phone, person)
            ],
            "is_named": bookings._is_named(company, phone, person),
            "has_agreed": draft["agreed"] == company._online_notice_version(),
            "notice": company._online_notice(),
            "is_staff": is_staff(),
        }

    # ------------------------------------------------------------------
    # WHAT IS TAKEN
    # ------------------------------------------------------------------

    def _take_what(self, company, draft, form):
        package = number(form.get("package"))
        offered = company.dealer_online_package_ids.filtered("active")
        advisor = number(form.get("advisor"))
        wish = (form.get("wish") or "").strip()[:MAX_WISH]
        self._keep(
            draft,
            package=package if package in offered.ids else None,
            wish=wish,
            is_waiting=form.get("stay") == "wait",
            advisor=advisor if advisor in company._dealer_advisors().ids else None,
        )
        if not draft["package"] and not draft["wish"]:
            raise OnlineRefused(
                company.env._("Choose a package, or write what the car needs."), "what"
            )
        if len(company.env["dealer.online.booking"]._concerns(wish)) > MAX_LINES:
            raise OnlineRefused(
                company.env._(
                    "Please write what the car needs in %(count)s lines at most.",
                    count=MAX_LINES,
                ),
                "what",
            )
        return self._address(company, "when")

    def _take_when(self, company, draft, form):
        slot = self._moment(form.get("slot"))
        free = self._slots(company, draft)
        if slot not in free.get(company._dealer_day(slot), ()):
            raise company.env["dealer.online.booking"]._refused("taken")
        self._keep(draft, slot=fields.Datetime.to_string(slot))
        return self._address(company, "who")

    def _take_code(self, company, draft, form):
        """Send a code to the number, once the notice is agreed to."""
        region = company.country_id.code or "CN"
        phone = phone_key(form.get("phone"), region)
        self._keep(draft, typed=(form.get("phone") or "")[:30], asked=None)
        if form.get("website"):
            # a field nobody sees: it was filled in by a program
            return self._address(company, "who")
        if form.get("agree") != "yes":
            raise OnlineRefused(
                company.env._("Please read the privacy notice and agree to it."), "who"
            )
        if not is_mobile_of(phone, region):
            raise OnlineRefused(
                company.env._("Please enter the number of a mobile phone."), "who"
            )
        self._keep(draft, agreed=company._online_notice_version())
        result = company.env["dealer.booking.phone"]._send_code(
            company, phone, draft["key"], request.httprequest.remote_addr or ""
        )
        if result in ("sent", "wait"):
            self._keep(draft, asked=phone)
        if words := self._words_of_code(company, result):
            raise OnlineRefused(words, "who")
        return self._address(company, "who")

    def _words_of_code(self, company, result):
        env, phone = company.env, company.dealer_hotline or company.phone or ""
        return {
            "sent": "",
            "wait": env._("A code was sent a moment ago. Please wait for it."),
            "enough": env._(
                "No more codes can be sent now. Please call us: %(phone)s", phone=phone
            ),
            "unsent": env._(
                "We cannot send text messages at the moment. Please call us: %(phone)s",
                phone=phone,
            ),
            "wrong": env._("This is not the code we sent. Please compare it."),
            "over": env._("This code is no longer valid. Please have a new one sent."),
        }[result]

    def _take_prove(self, company, draft, form):
        """The code that was sent proves the telephone, in this browser."""
        if not draft["asked"]:
            return self._address(company, "who")
        code = "".join(filter(str.isdecimal, form.get("code") or ""))
        result = company.env["dealer.booking.phone"]._check_code(
            draft["asked"], draft["key"], code
        )
        if result != "right":
            if result == "over":
                self._keep(draft, asked=None)
            raise OnlineRefused(self._words_of_code(company, result), "who")
        until = fields.Datetime.now() + timedelta(minutes=PROVEN_MINUTES)
        self._keep(
            draft,
            phone=draft["asked"],
            asked=None,
            proven=fields.Datetime.to_string(until),
        )
        return self._address(company, "check")

    def _take_book(self, company, draft, form):
        """Book it. A second tap, and a page sent once more, find it booked."""
        bookings = company.env["dealer.online.booking"]
        known = bookings.search([("request_key", "=", form.get("key") or "-")])
        if known and known.company_id == company:
            return f"/b/{known.access_token}"
        if is_staff():
            raise OnlineRefused(
                company.env._(
                    "You are signed in as staff. Book for customers on the board."
                ),
                "check",
            )
        plate = (form.get("plate") or "").strip()[:20]
        self._keep(
            draft,
            vehicle=number(form.get("vehicle")),
            plate=plate,
            name=(form.get("name") or "").strip()[:MAX_LETTERS],
        )
        if form.get("agree") == "yes":
            self._keep(draft, agreed=company._online_notice_version())
        step = self._open_step(company, draft, "check")
        if step != "check":
            return self._address(company, step)
        if plate and is_no_plate(plate, (company.country_id.code or "CN") == "CN"):
            raise OnlineRefused(
                company.env._("“%(plate)s” is not a plate.", plate=plate), "check"
            )
        typed = {**draft, "slot": self._moment(draft["slot"])}
        # what is refused leaves nothing behind
        with request.env.cr.savepoint():
            booking = bookings._book(company, typed, self._person())
        # the phone stays proven for a while, for another car
        proven = {name: draft[name] for name in ("phone", "proven", "typed", "agreed")}
        request.session[DRAFT] = {**self._blank(company), **proven}
        tell_next(
            booking, words=company.env._("Your appointment is booked."), tone="good"
        )
        return f"/b/{booking.access_token}"

    # ------------------------------------------------------------------
    # INNER
    # ------------------------------------------------------------------

    def _shop(self, token, lang=None):
        """The shop of a link with all rights, in the language of who reads.

        :raise NotFound: the same for every other address
        """
        company = request.env["res.company"]._online_company(token)
        if not company:
            raise NotFound
        return self._in_language(company, company, lang)

    def _draft(self, company):
        """What this browser has typed so far, for this shop."""
        draft = request.session.get(DRAFT)
        if not draft or draft.get("shop") != company.id:
            draft = self._blank(company)
        if self._person():
            # whoever is signed in has typed the number of the card, and proved none
            draft = {**draft, "phone": None}
        elif draft["proven"] < fields.Datetime.to_string(fields.Datetime.now()):
            draft = {**draft, "phone": None}
        return dict(draft)

    def _blank(self, company):
        """Nothing is typed yet; the key is that of one booking."""
        return {
            "shop": company.id,
            "key": secrets.token_urlsafe(24),
            "package": None,
            "wish": "",
            "is_waiting": False,
            "advisor": None,
            "slot": "",
            "typed": "",
            "asked": None,
            "phone": None,
            "proven": "",
            "agreed": "",
            "vehicle": None,
            "plate": "",
            "name": "",
        }

    def _keep(self, draft, **values):
        draft.update(values)
        request.session[DRAFT] = dict(draft)

    def _person(self):
        """Who is signed in as a customer; empty for everybody else."""
        user = request.env.user
        nobody = user._is_public() or user._is_internal()
        # the customer has no rights on the own card's inner words
        return user.partner_id.sudo().browse([] if nobody else user.partner_id.id)

    def _open_step(self, company, draft, step):
        """The step that is asked for, or the first one before it that is missing."""
        done = {
            "what": draft["package"] or draft["wish"],
            "when": draft["slot"],
            "who": draft["phone"] or self._person() or is_staff(),
        }
        asked = step if step in STEPS else "what"
        for one in STEPS[: STEPS.index(asked)]:
            if not done[one]:
                return one
        if asked == "who" and done["who"]:
            return "check"
        return asked

    def _slots(self, company, draft):
        package = company.dealer_online_package_ids.filtered(
            lambda row: row.id == draft["package"]
        )
        hours = package.dealer_hours or company.dealer_default_hours
        return company._online_slots(hours, self._advisor(company, draft))

    def _advisor(self, company, draft):
        return company._dealer_advisors().filtered(
            lambda user: user.id == draft["advisor"]
        )

    def _address(self, company, step):
        return f"/book/{company.dealer_online_token}?step={step}"

    def _refused(self, company, draft, refusal):
        tell_next(company, words=str(refusal), tone="bad")
        if refusal.step == "notice":
            self._keep(draft, agreed="")
        step = refusal.step if refusal.step in STEPS else "check"
        return self._address(company, step)
