from odoo import api, fields, models

from ...tools import groups


class DealerReception(models.Model):
    """The settlement as it is explained: estimate beside actual, line by line."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    settled_capitals = fields.Char(
        "Amount in Words", compute="_compute_settled_capitals", groups=groups.ADVISOR
    )
    customer_parts = fields.Text(
        "Parts Supplied by the Customer",
        copy=False,
        help="Parts the customer brought along to be fitted. The shop guarantees "
        "the work, not the parts.",
    )
    settlement_html = fields.Html(
        "Settlement",
        compute="_compute_settlement_html",
        sanitize=False,
        groups=groups.ADVISOR,
    )

    @api.depends("settled_total")
    def _compute_settled_capitals(self):
        for reception in self:
            money = reception.currency_id
            reception.settled_capitals = bool(reception.id) and money._dealer_in_words(
                reception._settlement_due()
            )

    @api.depends(
        "order_ids",
        "invoice_ids.payment_state",
        "settled_total",
        "estimate_total",
        "discount_amount",
        "rounding_amount",
        "voucher_amount",
    )
    def _compute_settlement_html(self):
        for reception in self:
            reception.settlement_html = bool(reception.id) and self.env[
                "ir.qweb"
            ]._render(
                "dealer_service.reception_settlement_table",
                {
                    "totals": reception._settlement_totals(),
                    "money": reception.currency_id.format,
                },
            )

    def _settlement_rows(self):
        """Every agreed line: what was agreed to beside what is settled.

        Before the invoice exists, what is going to be invoiced counts as settled.
        Amounts include taxes and are in the currency of the company.

        :return: list of dicts, labour before parts, with the keys ``kind``,
            ``kind_label``, ``payer``, ``payer_label``, ``is_supplement``, ``name``,
            ``code`` and ``origin`` (of a part), ``unit``, ``price`` (of one, after
            discount), ``agreed_qty``, ``agreed``, ``settled_qty``, ``settled``,
            ``difference``, ``note``, and of labour ``hours`` (sold hours, as settled)
            and ``rate`` (amount of an hour)
        """
        self.ensure_one()
        orders = self._living_orders().filtered(lambda o: o.state == "sale")
        lines = orders.order_line.filtered(
            lambda line: (
                not line.display_type
                and not line.is_downpayment
                and line.dealer_decision == "approved"
            )
        )
        kinds = dict(lines._fields["dealer_kind"]._description_selection(self.env))
        order_of_kinds = list(kinds)
        rows = [self._settlement_row(line, kinds) for line in lines]
        rows.sort(key=lambda row: (order_of_kinds.index(row["kind"]), row["payer"]))
        return rows

    def _settlement_row(self, line, kinds):
        order = line.order_id
        kind = line.dealer_kind or "fee"
        unit_price = (
            line.price_total / line.product_uom_qty if line.product_uom_qty else 0
        )
        if order._waits_for_answer():
            settled = self._in_company_currency(order, unit_price * line._asked_qty())
        else:
            settled = self._in_company_currency(order, unit_price * line.qty_to_invoice)
            settled += sum(
                invoice_line.move_id.direction_sign
                * -self._in_company_currency(order, invoice_line.price_total)
                for invoice_line in line.invoice_lines
                if invoice_line.parent_state != "cancel"
            )
        agreed = self._in_company_currency(order, line.price_total)
        origin = line.product_id.dealer_part_origin if kind == "part" else False
        origins = dict(
            line.product_id._fields["dealer_part_origin"]._description_selection(
                self.env
            )
        )
        settled_qty = line.qty_invoiced + line.qty_to_invoice
        hours = 0.0
        if kind == "labour" and line.product_uom_qty:
            hours = line._job_hours() * settled_qty / line.product_uom_qty
        return {
            "kind": kind,
            "hours": hours,
            "rate": self.currency_id.round(settled / hours) if hours else 0.0,
            "kind_label": kinds[kind],
            "payer": order.dealer_payer,
            "payer_label": order._selection_label("dealer_payer"),
            "is_supplement": order.dealer_kind == "supplement",
            "name": line.name,
            "code": (line.product_id.default_code or "") if kind == "part" else "",
            "origin": origins.get(origin, ""),
            "unit": line._unit_label(),
            "price": self.currency_id.round(
                self._in_company_currency(order, unit_price)
            ),
            "agreed_qty": line.product_uom_qty,
            "agreed": agreed,
            "settled_qty": settled_qty,
            "settled": self.currency_id.round(settled),
            "difference": self.currency_id.round(settled - agreed),
            "note": line.dealer_not_supplied or "",
        }

    def _settlement_totals(self):
        """:meth:`_settlement_rows` by kind, with sums; in all, as the invoices say.

        Where taxes are rounded on the whole invoice, it is not the sum of its lines.

        :return: dict: ``kinds`` (list of dicts ``kind, label, rows, agreed, settled``),
            ``agreed``, ``settled``, ``difference``, ``reductions`` (what was taken
            off: ``label, reason, amount``), ``payers`` (``label, agreed, settled,
            difference``; none if the customer pays all), ``due``: what the customer
            pays, ``paid``: what of it he has paid, and ``left``
        """
        self.ensure_one()
        kinds = {}
        for row in self._settlement_rows():
            kinds.setdefault(row["kind"], []).append(row)
        figures = self._figures_by_payer()
        agreed = sum(figure[0] for figure in figures.values())
        settled = sum(figure[1] for figure in figures.values())
        due = figures.get("customer", (0.0, 0.0))[1]
        left = self._left_to_pay(due)
        return {
            "kinds": [
                {
                    "kind": kind,
                    "label": rows[0]["kind_label"],
                    "rows": rows,
                    "agreed": sum(row["agreed"] for row in rows),
                    "settled": sum(row["settled"] for row in rows),
                }
                for kind, rows in kinds.items()
            ],
            "agreed": agreed,
            "settled": settled,
            "difference": settled - agreed,
            "reductions": self._reduction_rows(),
            "payers": self._payer_rows(figures),
            "due": due,
            "paid": due - left,
            "left": left,
        }

    def _payer_rows(self, figures):
        """Agreed beside settled of each payer, where the customer is not the only."""
        if set(figures) <= {"customer"}:
            return []
        field = self.env["sale.order"]._fields["dealer_payer"]
        labels = dict(field._description_selection(self.env))
        return [
            {
                "label": label,
                "agreed": figures[payer][0],
                "settled": figures[payer][1],
                "difference": figures[payer][1] - figures[payer][0],
            }
            # an invoice that accounting has made by itself names no payer
            for payer, label in labels.items()
            if payer in figures
        ]

    def _left_to_pay(self, due):
        """What of ``due`` the customer has not paid yet, in company currency."""
        self.ensure_one()
        bills = self._living_invoices().filtered(
            lambda move: move.dealer_payer == "customer"
        )
        posted = bills.filtered(lambda move: move.state == "posted")
        paid = sum(
            self._at_agreed_rate(move) - move.amount_residual_signed for move in posted
        )
        return self.currency_id.round(due - paid)

    def _settlement_due(self):
        """What the customer pays, in the currency of the company."""
        self.ensure_one()
        return self._figures_by_payer().get("customer", (0.0, 0.0))[1]

    def _next_service_text(self):
        """When the car is due again: date, odometer, or both; empty when unknown.

        A day that is over is told as such: nobody is sent to the past.
        """
        self.ensure_one()
        date, km = self._next_service()
        if date and date < self.company_id._dealer_day(fields.Datetime.now()):
            # whatever the kilometres: the date came first
            return self.env._(
                "overdue since %(date)s", date=fields.Date.to_string(date)
            )
        if date and km:
            return self.env._(
                "%(date)s or %(km)s km, whichever comes first",
                date=fields.Date.to_string(date),
                km=km,
            )
        if date:
            return fields.Date.to_string(date)
        return self.env._("%(km)s km", km=km) if km else ""
