import json

from odoo import fields, models

from ...tools import groups
from .dealer_reception_settlement import VarianceReasonRequired

#: Beside the payers: the difference of all of them together.
WHOLE = "whole"


class DealerReception(models.Model):
    """Settled beside agreed: what is beyond the tolerance needs its reason.

    A reason covers the differences it was given for, to the cent. Whatever differs
    later is told again.
    """

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    variance_covered = fields.Json(
        "Differences Explained",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
        help="By payer and in total: the difference at the time the reason was given.",
    )

    def _cover_first_variance(self):
        # the reason is not everybody's to read
        self.filtered(lambda r: r.sudo().variance_reason)._cover_variance()

    def write(self, vals):
        """The same words, given once more, are the reason of what differs now."""
        result = super().write(vals)
        if "variance_reason" in vals:
            self._cover_variance()
        return result

    def _cover_variance(self):
        """The reason that has just been given is one for what differs now."""
        for reception in self:
            # the process keeps it, whoever gave the reason
            has_reason = (reception.sudo().variance_reason or "").strip()
            differences = reception.sudo()._differences() if has_reason else False
            reception.sudo()._write_by_method({"variance_covered": differences})

    def _figures_by_payer(self):
        """What each payer agreed to, and what is settled or about to be.

        :return: dict of payer: list of both amounts, in company currency
        """
        self.ensure_one()
        figures = {}
        for order in self._living_orders().filtered(lambda o: o.state == "sale"):
            figure = figures.setdefault(order.dealer_payer, [0.0, 0.0])
            # what the payer answers later is no difference of the settlement
            waits = order._waits_for_answer()
            left = order._asked_for() if waits else order._amount_left_to_invoice()
            figure[0] += self._in_company_currency(order, order.consent_amount)
            figure[1] += self._in_company_currency(order, left)
        for move in self._living_invoices():
            figure = figures.setdefault(move.dealer_payer, [0.0, 0.0])
            figure[1] += self._at_agreed_rate(move)
        if "customer" in figures:
            figures["customer"][1] -= sum(self._reductions_left().values())
        return figures

    def _is_beyond_tolerance(self, agreed, settled):
        tolerated = abs(agreed) * self.company_id.dealer_variance_percent / 100
        return self.currency_id.compare_amounts(abs(settled - agreed), tolerated) > 0

    def _compared(self):
        """Agreed beside settled (or about to be): the whole, then each payer.

        :return: list of (:data:`WHOLE` or payer, agreed, settled)
        """
        self.ensure_one()
        figures = self._figures_by_payer()
        settled = sum(paid for _agreed, paid in figures.values())
        rows = [(payer, agreed, paid) for payer, (agreed, paid) in figures.items()]
        return [(WHOLE, self.estimate_total, settled), *rows]

    def _variance(self):
        """Settled (or about to be) minus agreed, and whether it needs a reason.

        :return: tuple: settled, settled minus agreed, beyond the tolerance (in the
            whole, or of one of the payers)
        """
        _whole, agreed, settled = self._compared()[0]
        return settled, settled - agreed, bool(self._beyond_tolerance())

    def _differences(self):
        """Settled minus agreed, rounded: as a whole, and of each payer."""
        return {
            key: self.currency_id.round(settled - agreed)
            for key, agreed, settled in self._compared()
        }

    def _beyond_tolerance(self):
        """The rows of :meth:`_compared` that differ more than the company tolerates."""
        return [row for row in self._compared() if self._is_beyond_tolerance(*row[1:])]

    def _unexplained(self):
        """What of :meth:`_beyond_tolerance` the reason was not given for."""
        self.ensure_one()
        has_reason = (self.variance_reason or "").strip()
        covered = (has_reason and self.variance_covered) or {}
        return [
            (payer, agreed, settled)
            for payer, agreed, settled in self._beyond_tolerance()
            if payer not in covered
            or self.currency_id.compare_amounts(covered[payer], settled - agreed)
        ]

    def _settlement_version(self):
        """Fingerprint of what the dialog of the settlement shows."""
        self.ensure_one()
        return json.dumps(self._differences(), sort_keys=True)

    def _check_variance(self):
        """:raise VarianceReasonRequired: beyond the tolerance, without its reason"""
        for reception in self:
            for payer, agreed, settled in reception._unexplained():
                raise VarianceReasonRequired(
                    reception._variance_text(payer, agreed, settled)
                )

    def _variance_text(self, payer, agreed, settled):
        name = self.name
        if payer != WHOLE:
            # one payer pays what another one does not
            field = self.env["sale.order"]._fields["dealer_payer"]
            label = dict(field._description_selection(self.env)).get(payer)
            name = f"{name} ({label})"
        money = self.currency_id.format
        values = {
            "visit": name,
            "agreed": money(agreed),
            "settled": money(settled),
            "difference": money(settled - agreed),
        }
        if (self.variance_reason or "").strip():
            return self.env._(
                "%(visit)s: agreed %(agreed)s, settled %(settled)s. The reason on "
                "record was given for another difference. Enter the reason for the "
                "difference of %(difference)s on the page “Settlement” of the visit.",
                **values,
            )
        return self.env._(
            "%(visit)s: agreed %(agreed)s, settled %(settled)s. Enter the reason "
            "for the difference of %(difference)s on the page “Settlement” of the "
            "visit.",
            **values,
        )
