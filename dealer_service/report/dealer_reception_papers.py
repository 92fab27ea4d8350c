from markupsafe import Markup

from odoo import models

from ..models.walkaround.dealer_inspection import SHEET_FIELDS
from ..tools.car_drawing import KIND_COLOURS, drawing_svg

#: Photos on paper: wide enough to see the damage, small enough to mail.
PHOTO_SIZE = (480, 480)


class DealerReception(models.Model):
    """What the papers of a visit show. Called by their templates."""

    _name = "dealer.reception"
    _inherit = ["dealer.reception", "dealer.paper.mixin"]

    def _paper_link(self):
        """Without the token for whoever may print, but not have the link.

        Once the visit is settled nothing is left to decide: whoever works with prices
        hands the link over with the papers.
        """
        is_over = self.state in ("settled", "delivered")
        if is_over and self.env["dealer.price.access"]._sees_prices():
            # the token goes onto the paper
            return self.sudo().get_portal_url()
        return self.get_portal_url() if self._may_have_link() else self.access_url

    def _paper_facts(self):
        """Car, people and concerns as a paper names them.

        Plain values in the words of the customer's language: what is signed keeps
        them, and the paper can be printed again as it was.

        :return: dict: ``plate, model, vin, customer, phone, contact, contact_phone,
            odometer, arrived, advisor, promised, keep_old_parts`` and ``concerns``,
            a list of dicts ``name, cause, system``
        """
        self.ensure_one()
        visit = self.with_context(lang=self._paper_lang())
        car, customer, contact = visit.vehicle_id, visit.partner_id, visit.contact_id
        return {
            "plate": visit.license_plate or "",
            "model": car.model_id.display_name or "",
            "vin": car.vin_sn or "",
            "customer": customer.name or "",
            "phone": customer.phone or "",
            "contact": contact.name or "",
            "contact_phone": contact.phone or "",
            "odometer": visit.odometer,
            "arrived": visit._paper_time(visit.date_arrived),
            "advisor": visit.advisor_id.name or "",
            "promised": visit._paper_time(visit.date_promised),
            "keep_old_parts": visit.keep_old_parts,
            "concerns": [
                {
                    "name": concern.name,
                    "cause": concern.cause or "",
                    "system": concern.system_id.display_name or "",
                }
                for concern in visit.concern_ids
            ],
        }

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
            shown = {point: checks.get(point, self.check_ids[:0]) for point in points}
            rows = [
                self._paper_delivery_row(point, check)
                for point, check in shown.items()
                if not (check.evidence if check else point.evidence)
                and (check or self._asking(point.applies_to))
            ]
            rows += self._paper_proven_rows(
                self.env["dealer.reception.check"].union(*shown.values())
            )
            if rows:
                steps.append({"name": step.name, "rows": rows})
        return steps

    def _paper_proven_rows(self, checks):
        """What nobody ticks on a paper, in one row each: proven, and not met."""
        labels = dict(checks._fields["result"]._description_selection(self.env))
        rows = []
        for result in ("proven", "missed"):
            mine = checks.filtered(
                lambda check, result=result: check.evidence and check.result == result
            )
            if mine:
                rows.append(
                    {
                        "name": " · ".join(mine.standard_id.mapped("name")),
                        "is_done": result == "proven",
                        "user": labels[result],
                        "date": "",
                        "note": "",
                    }
                )
        return rows

    def _paper_delivery_row(self, standard, check):
        return {
            "name": standard.name,
            "is_done": check.is_done,
            "user": check.user_id.name or "",
            "date": self._paper_time(check.date_done),
            "note": check.note or "",
        }
