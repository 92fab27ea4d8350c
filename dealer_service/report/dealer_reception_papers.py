import base64

from markupsafe import Markup

from odoo import models
from odoo.tools import format_datetime
from odoo.tools.image import image_process

from ..models.dealer_inspection import SHEET_FIELDS
from ..tools.car_drawing import KIND_COLOURS, drawing_svg

#: Photos on paper: wide enough to see the damage, small enough to mail.
PHOTO_SIZE = (480, 480)


class DealerReception(models.Model):
    """What the papers of a visit show. Called by their templates."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    # ------------------------------------------------------------------
    # FRAME
    # ------------------------------------------------------------------

    def _paper_lang(self):
        """The customer's language, else the user's."""
        return self.partner_id.lang or self.env.lang or "en_US"

    def _paper_time(self, date):
        """``date`` (UTC) by the clock of the shop, empty for none."""
        if not date:
            return ""
        return format_datetime(
            self.env,
            date,
            tz=self.company_id._dealer_calendar().tz or "UTC",
            dt_format="yyyy-MM-dd HH:mm",
        )

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
        """QR code of the customer's own page of this visit."""
        url = self.get_base_url() + self.get_portal_url()
        return self.env["ir.actions.report"]._paper_qr(url)

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

    # ------------------------------------------------------------------
    # WALK-AROUND
    # ------------------------------------------------------------------

    def _paper_sheet_values(self, sheet):
        """What was signed; as long as nobody has signed, what the visit says."""
        source = sheet if sheet.state == "signed" else self
        return {name: source[name] for name in SHEET_FIELDS}

    def _paper_marks(self, sheet):
        """The marks of a sheet, numbered in the order of the legend."""
        rows = []
        for number, mark in enumerate(sheet.mark_ids, 1):
            rows.append(
                {
                    "label": str(number),
                    "mark": mark,
                    "colour": KIND_COLOURS[mark.kind],
                    "photo": mark.photo
                    and self._paper_picture(mark.photo, size=PHOTO_SIZE),
                }
            )
        return rows

    def _paper_drawing(self, zone, rows, scale):
        """One side of the car with its marks."""
        marks = [
            (row["label"], mark.x, mark.y, mark.kind, mark.severity)
            for row in rows
            for mark in row["mark"]
            if mark.zone == zone
        ]
        # built from our own files, numbers and labels that drawing_svg escapes
        return Markup(drawing_svg(self.drawing_body, zone, marks, scale))

    # ------------------------------------------------------------------
    # DELIVERY
    # ------------------------------------------------------------------

    def _paper_delivery_steps(self):
        """The standards from the preparation of the delivery to the send-off.

        Those of steps that the visit has not reached yet are listed as well: the paper
        is printed before the customer comes.
        """
        standards = self.env["dealer.service.standard"].search(
            [
                ("step_id.active", "=", True),
                ("step_id.state", "in", ["quality", "ready", "settled"]),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )
        checks = {check.standard_id: check for check in self.check_ids}
        steps = []
        for step, points in standards.grouped("step_id").items():
            rows = [
                self._paper_delivery_row(point, checks.get(point, self.check_ids[:0]))
                for point in points
                if point in checks or self._asking(point.applies_to)
            ]
            if rows:
                steps.append({"name": step.name, "rows": rows})
        return steps

    def _paper_delivery_row(self, standard, check):
        return {
            "name": standard.name,
            "is_done": check.is_done,
            "user": check.user_id.name or "",
            "date": self._paper_time(check.date_done),
            "note": check.note or "",
        }
