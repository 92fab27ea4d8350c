import base64

from markupsafe import Markup

from odoo import models
from odoo.tools import format_date, format_datetime
from odoo.tools.image import image_process

#: Rows of a table that stay on one page, under a head of their own.
ROWS_TOGETHER = 10


class DealerPaperMixin(models.AbstractModel):
    """The frame of a paper: what ``paper_layout`` asks the document for.

    The document has a ``company_id``; with a ``partner_id`` it speaks the customer's
    language, and with a customer's page it carries the page's QR code.
    """

    _name = "dealer.paper.mixin"
    _description = "Dealership Document"

    def _paper_lang(self):
        """The customer's language, else the user's."""
        partner = self.partner_id if "partner_id" in self._fields else None
        return (partner and partner.lang) or self.env.lang or "en_US"

    def _paper_time(self, date):
        """``date`` (UTC) by the clock of the shop, empty for none."""
        if not date:
            return ""
        return format_datetime(
            self.env,
            date,
            tz=self.company_id._dealer_tz().zone,
            dt_format="yyyy-MM-dd HH:mm",
        )

    def _paper_day(self, day):
        """``day`` as :meth:`_paper_time` writes the days of times, empty for none."""
        return format_date(self.env, day, date_format="yyyy-MM-dd") if day else ""

    def _paper_parts(self, rows):
        """A table of many rows, cut into tables: ``first`` number and ``rows`` of each.

        Debian's wkhtmltopdf repeats no head on the next page, and cuts through rows. A
        table without rows is one part, for its head.
        """
        starts = range(0, len(rows) or 1, ROWS_TOGETHER)
        return [
            {"first": start + 1, "rows": rows[start : start + ROWS_TOGETHER]}
            for start in starts
        ]

    def _paper_none(self):
        return self.env._("none")

    def _paper_tick(self, value):
        """A box to tick, ticked or not, that does not depend on a font."""
        tick = '<path d="M2.5,6.5 L5,9 L10,2.5" stroke-width="2"/>' if value else ""
        return Markup(
            '<svg class="box" width="12" height="12" viewBox="0 0 12 12" fill="none"'
            ' stroke="#1f2933"><rect x="0.5" y="0.5" width="11" height="11"/>'
            f"{tick}</svg>"
        )

    def _paper_address(self):
        """Address of the shop in one line; in China from the large to the small."""
        partner = self.company_id.partner_id
        if partner.country_code != "CN":
            return partner._display_address(without_company=True).replace("\n", " ")
        parts = (partner.state_id.name, partner.city, partner.street, partner.street2)
        return "".join(part.strip() for part in parts if part)

    def _paper_qr(self):
        """QR code of the customer's own page of this document; empty without one."""
        if not hasattr(self, "get_portal_url"):
            return ""
        url = self.get_base_url() + self._paper_link()
        return self.env["ir.actions.report"]._paper_qr(url)

    def _paper_link(self):
        """Where the customer follows the document, without a login."""
        return self.get_portal_url()

    def _paper_qr_hint(self):
        """What is read beside the QR code."""
        return self.env._("Scan to follow your visit")

    def _paper_logo(self):
        return self._paper_picture(self.company_id.logo)

    def _paper_picture(self, content, size=(600, 300)):
        """A binary field's value as a picture of the paper."""
        data = image_process(
            base64.b64decode(content),
            size=size,
            output_format="PNG",
            verify_resolution=False,
        )
        return self.env["ir.actions.report"]._paper_image(data)
