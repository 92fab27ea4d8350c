from collections import Counter
from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

_DAY = timedelta(days=1).total_seconds()
#: Work that the customer does not pay for: repairs of the product, or made good.
_PAYERS = ("warranty", "goodwill")


class FleetVehicle(models.Model):
    """Statutory warranty (三包): how near a car is to its thresholds, from its visits.

    Counted are visits with work on warranty or goodwill, in all shops of the group: the
    law counts the car, not the shop. Assemblies replaced, repairs elsewhere and cars in
    business use are not known here; the panel helps to notice, it does not decide.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    statutory_rule_id = fields.Many2one(
        "dealer.statutory.warranty", "Rules", compute="_compute_statutory"
    )
    statutory_days = fields.Integer("Days Since Sale", compute="_compute_statutory")
    statutory_repair_days = fields.Integer("Repair Days", compute="_compute_statutory")
    statutory_fault_count = fields.Integer(
        "Repairs of the Same Fault", compute="_compute_statutory"
    )
    statutory_fault = fields.Char("Most Repaired", compute="_compute_statutory")
    statutory_state = fields.Selection(
        [
            ("unknown", "Day of Sale Unknown"),
            ("ok", "Within Limits"),
            ("warning", "Near a Limit"),
            ("exceeded", "Beyond a Limit"),
            ("expired", "Period Over"),
        ],
        "Statutory Warranty",
        compute="_compute_statutory",
    )
    statutory_note = fields.Text("What It Means", compute="_compute_statutory")

    @api.depends("sale_date", "last_odometer", "reception_ids.state")
    def _compute_statutory(self):
        # the same for whoever reads it: no customer and no money is told
        rules = (
            self.env["dealer.statutory.warranty"].sudo().search([("active", "=", True)])
        )
        today = fields.Date.context_today(self)
        for vehicle in self:
            sold = vehicle.sale_date
            rule = rules.filtered(lambda r, sold=sold: sold and r.date_from <= sold)[:1]
            if not rule:
                vehicle.update(
                    {
                        "statutory_rule_id": False,
                        "statutory_days": 0,
                        "statutory_repair_days": 0,
                        "statutory_fault_count": 0,
                        "statutory_fault": False,
                        "statutory_state": "unknown",
                        "statutory_note": False,
                    }
                )
                continue
            days, fault, count = vehicle._statutory_counters(rule)
            state = vehicle._statutory_state_of(rule, days, count, today)
            vehicle.update(
                {
                    "statutory_rule_id": rule.id,
                    "statutory_days": (today - sold).days,
                    "statutory_repair_days": days,
                    "statutory_fault_count": count,
                    "statutory_fault": fault,
                    "statutory_state": state,
                    "statutory_note": vehicle._statutory_note(rule, state, today),
                }
            )

    def _statutory_counters(self, rule):
        """:return: repair days, the fault repaired most often, how often"""
        self.ensure_one()
        end = self.sale_date + relativedelta(months=rule.exchange_months)
        days, faults = 0, Counter()
        # the law counts the car, in whichever shop of the group it was
        visits = self.sudo().with_context(active_test=False).reception_ids
        for visit in visits:
            if (
                not visit.date_arrived
                or visit.state in ("cancelled", "no_show")
                or not self.sale_date <= visit.date_arrived.date() <= end
                or (rule.exchange_km and visit.odometer > rule.exchange_km)
                or not visit.order_ids.filtered(
                    lambda o: o.dealer_payer in _PAYERS and o.state == "sale"
                )
            ):
                continue
            until = visit.date_ready or visit.date_delivered or fields.Datetime.now()
            # a part of a day counts as a whole one
            seconds = (until - visit.date_arrived).total_seconds()
            days += max(1, ceil(seconds / _DAY))
            faults.update(visit._treated_systems())
        system, count = next(iter(faults.most_common(1)), (None, 0))
        return days, system.name if system else False, count

    def _statutory_state_of(self, rule, days, count, today):
        self.ensure_one()
        if days > rule.max_repair_days or count > rule.max_same_fault:
            return "exceeded"
        if today > self.sale_date + relativedelta(months=rule.exchange_months) or (
            rule.exchange_km and self.last_odometer > rule.exchange_km
        ):
            return "expired"
        if days >= rule.warn_repair_days or count >= rule.warn_same_fault:
            return "warning"
        return "ok"

    def _statutory_note(self, rule, state, today):
        """What applies to the car now, with its legal basis."""
        self.ensure_one()
        age, km = (today - self.sale_date).days, self.last_odometer
        lines = []
        if state == "exceeded":
            lines.append(self.env._("The customer may ask for exchange or refund."))
        elif state == "warning":
            lines.append(
                self.env._("Another repair may entitle to exchange or refund.")
            )
        if age <= rule.first_days:
            lines.append(
                self.env._(
                    "Within %(days)s days: exchange or refund when engine, gearbox,"
                    " battery or motor is replaced.",
                    days=rule.first_days,
                )
            )
        if age <= rule.early_days and km <= rule.early_km:
            lines.append(
                self.env._(
                    "Within %(days)s days and %(km)s km: free replacement of the"
                    " assembly; exchange or refund for steering, brakes, body cracks,"
                    " fuel leaks or battery fire.",
                    days=rule.early_days,
                    km=rule.early_km,
                )
            )
        if rule.legal_basis:
            lines.append(rule.legal_basis)
        return "\n".join(lines)

    def _arrival_notices(self):
        notices = super()._arrival_notices()
        if self.statutory_state in ("warning", "exceeded"):
            text = self.env._(
                "Statutory warranty: %(days)s repair days, one fault repaired"
                " %(count)s times.",
                days=self.statutory_repair_days,
                count=self.statutory_fault_count,
            )
            is_over = self.statutory_state == "exceeded"
            notices.insert(0, ("danger" if is_over else "warning", text))
        return notices
