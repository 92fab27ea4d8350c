"""What the pages of online booking have in common."""

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, http
from odoo.http import request

from .private_page import private, told

#: Where the session keeps the language that was chosen.
LANGUAGE = "dealer_booking_lang"
#: Longest form that is read: a page of words, and not a file.
MAX_FORM = 64 * 1024
#: Whatever lies further off was not chosen on a page.
A_LONG_TIME = timedelta(days=3650)
LINKS = {"type": "http", "auth": "public", "sitemap": False}


class BookingPages(http.Controller):
    """Whole pages without a script; their language is the reader's."""

    def _in_language(self, record, company, lang):
        """In the language chosen, else that of the browser, else the shop's."""
        installed = [code for code, _name in request.env["res.lang"].get_installed()]
        if lang in installed:
            request.session[LANGUAGE] = lang
        asked = (request.session.get(LANGUAGE), request.best_lang)
        lang = next(
            (
                code
                for wanted in asked
                for code in installed
                if wanted and code[:2] == wanted[:2]
            ),
            company._public_lang(),
        )
        request.update_context(lang=lang)
        # a page names the hours of the shop, whoever looks at it
        return record.with_context(lang=lang, tz=False)

    def _moment(self, value):
        """A moment as the pages write it; long ago for whatever else was sent."""
        try:
            moment = fields.Datetime.to_datetime(value or None)
        except ValueError:
            moment = None
        # no calendar goes on for ever: its ends have no day before or after them
        if not moment or abs(moment - fields.Datetime.now()) > A_LONG_TIME:
            return fields.Datetime.to_datetime("2000-01-01 00:00:00")
        return moment

    def _page(self, company, template, told_of=None, **values):
        html = request.env["ir.qweb"]._render(
            f"dealer_service.{template}",
            {
                "company": company.name,
                "address": company._public_address(),
                "hotline": company.dealer_hotline or company.phone or "",
                "icp": company.dealer_icp_number or "",
                "language": company.env.lang.replace("_", "-"),
                "languages": self._other_languages(company),
                "base": company._online_address()
                and f"/book/{company.dealer_online_token}",
                "csrf": request.csrf_token(),
                "told": told(told_of or company),
                **values,
            },
            lang=company.env.lang,
        )
        return private(request.make_response(Markup("<!DOCTYPE html>\n") + html))

    def _other_languages(self, company):
        return [
            {"code": code, "name": name.split(" / ")[-1]}
            for code, name in request.env["res.lang"].get_installed()
            if code != company.env.lang
        ]
