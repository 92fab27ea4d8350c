from odoo import fields, models

from ..models.orders.product_template import DEALER_KINDS


class SaleOrder(models.Model):
    """What the papers show of an estimate or a supplement.

    Once the customer has agreed, that is what he agreed to: whatever changes on the
    visit, the car or the lists of the shop later, the paper is printed as it was.
    """

    _name = "sale.order"
    _inherit = "sale.order"

    consent_paper = fields.Json(
        "Document Agreed To", readonly=True, copy=False, groups="base.group_user"
    )

    def _paper_link(self):
        """Without the token for whoever may print, but not have the link."""
        return self.get_portal_url() if self._may_have_link() else self.access_url

    def _paper(self):
        """What the paper says of the order: as agreed to; before, as it is now.

        :return: dict of plain values: ``visit`` (see ``_paper_facts`` of the visit),
            ``name, payer, reason, minutes, promised, total, warranties``, ``groups``,
            those of :meth:`_paper_groups` with what is ordered, ``declined``, the rows
            of what is not, and ``notes``, missing from papers of before 19.0.1.3.0
        """
        self.ensure_one()
        # the customer prints his own paper; the field is not his to read otherwise
        order = self.sudo()
        paper = order.consent_paper or self._paper_as_it_is()
        if not paper["visit"]["promised"]:
            # agreed to before there was a promise: the first one belongs to it
            visit = order.reception_id
            paper["visit"]["promised"] = visit._paper_time(visit.date_promised_first)
        return paper

    def _paper_as_it_is(self):
        self.ensure_one()
        order = self.with_context(lang=self.reception_id._paper_lang())
        visit = order.reception_id
        groups = order._paper_groups()
        return {
            "visit": visit._paper_facts(),
            "name": order.name,
            "payer": order._selection_label("dealer_payer"),
            "reason": order.dealer_reason or "",
            "minutes": order.dealer_extra_minutes,
            "promised": visit._paper_time(order.dealer_date_promised),
            "total": order.amount_total,
            "warranties": visit._paper_warranties().mapped("display_name"),
            "groups": [
                {**group, "rows": rows}
                for group in groups
                if (rows := [row for row in group["rows"] if not row["is_declined"]])
            ],
            "declined": [
                row for group in groups for row in group["rows"] if row["is_declined"]
            ],
            "notes": order._offer_notes(),
        }

    def _paper_payer_line(self, paper):
        return self.env._("Payer: %(payer)s", payer=paper["payer"])

    def _paper_consent_line(self):
        """Who has agreed to what, how and when, in one sentence."""
        self.ensure_one()
        return self.env._(
            "Agreed to by %(person)s (%(method)s), %(date)s: %(amount)s",
            person=self.consent_by,
            method=self._selection_label("consent_method"),
            date=self.reception_id._paper_time(self.consent_date),
            amount=self.currency_id.format(self.consent_amount),
        )

    def _paper_lines(self):
        """What was offered. A line without a quantity offers nothing."""
        return self.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and (line.product_uom_qty or line.dealer_decision == "declined")
            )
        )

    def _paper_groups(self):
        """The lines of the orders, labour and parts apart, with taxes.

        :return: list of dicts ``kind, label, rows, total``; a row has ``name, origin,
            quantity, unit, price, amount, reason, is_declined``. Declined lines are
            listed, but not counted.
        """
        lines = self._paper_lines()
        labels = dict(lines._fields["dealer_kind"]._description_selection(self.env))
        groups = []
        for kind, _label in DEALER_KINDS:
            rows = [
                line._paper_row()
                for line in lines
                if (line.dealer_kind or "fee") == kind
            ]
            if rows:
                total = sum(row["amount"] for row in rows if not row["is_declined"])
                groups.append(
                    {"kind": kind, "label": labels[kind], "rows": rows, "total": total}
                )
        return groups

    def _paper_capitals(self, amount):
        """``amount`` in words; yuan in Chinese capitals."""
        return self.currency_id._dealer_in_words(amount)

    def _paper_photos(self):
        """The photos of a supplement as pictures of the paper."""
        reception = self.reception_id
        # the photos belong to the order, whoever may print it may see them
        photos = self.sudo().dealer_photo_ids.filtered(
            lambda photo: (photo.mimetype or "").startswith("image/")
        )
        return [
            reception._paper_picture(photo.datas, size=(480, 480))
            for photo in photos
            if photo.datas
        ]


class SaleOrderLine(models.Model):
    """A line as it is printed."""

    _name = "sale.order.line"
    _inherit = "sale.order.line"

    def _paper_row(self):
        self.ensure_one()
        product = self.product_id
        origins = dict(
            product._fields["dealer_part_origin"]._description_selection(self.env)
        )
        quantity, amount = self.product_uom_qty, self.price_total
        if self.dealer_decision == "declined":
            # the order counts it no more; what was offered is kept with the refusal
            # offered for the second time, it is on record since the first
            works = self.env["dealer.declined.work"]
            work = self.dealer_declined_work_id or works.search(
                [("order_line_id", "=", self.id)], limit=1
            )
            quantity, amount = work.quantity or quantity, work.amount or amount
        return {
            "name": self.name,
            "origin": origins.get(
                self.dealer_kind == "part" and product.dealer_part_origin
            )
            or "",
            "quantity": quantity,
            "unit": self._unit_label(),
            "price": amount / quantity if quantity else 0.0,
            "amount": amount,
            "reason": self.dealer_decline_reason or "",
            "is_declined": self.dealer_decision == "declined",
        }
