from collections import Counter
from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .product_template import EARLY_ASSEMBLIES

_DAY = timedelta(days=1).total_seconds()
#: Work that the customer does not pay for: repairs of the product, or made good.
_PAYERS = ("warranty", "goodwill")
_COMPUTED = (
    "statutory_rule_id",
    "statutory_days",
    "statutory_repair_days",
    "statutory_elapsed_days",
    "statutory_fault_count",
    "statutory_fault",
    "statutory_assembly_count",
    "statutory_assembly",
    "statutory_state",
    "statutory_note",
)


def _is_counted(order):
    return order.dealer_payer in _PAYERS and order.state == "sale"


def _past_counted(visit):
    """The lines of a visit of the old system that the law counts."""
    if not visit.past_number:
        return visit.past_line_ids.browse()
    return visit.past_line_ids.filtered(lambda line: line.payer in _PAYERS)


class FleetVehicle(models.Model):
    """Statutory warranty (三包): how near a car is to its thresholds, from its visits.

    Counted are visits with work on warranty or goodwill, in all shops of the group: the
    law counts the car, not the shop, nor its owner. Repairs elsewhere are not known
    here; the panel helps to notice, it does not decide.
    """

    _name = "fleet.vehicle"
    _inherit = "fleet.vehicle"

    is_business_use = fields.Boolean(
        "Business Use", help="Taxis and similar cars are not protected by these rules."
    )
    statutory_rule_id = fields.Many2one(
        "dealer.statutory.warranty", "Rules", compute="_compute_statutory"
    )
    statutory_days = fields.Integer("Days Since Sale", compute="_compute_statutory")
    statutory_repair_days = fields.Integer("Repair Days", compute="_compute_statutory")
    statutory_elapsed_days = fields.Integer(
        "Repair Days With Time Away",
        compute="_compute_statutory",
        help="As if nobody had agreed that days on which the customer drives the car "
        "until a part comes are no repair days.",
    )
    statutory_fault_count = fields.Integer(
        "Repairs of the Same Fault", compute="_compute_statutory"
    )
    statutory_fault = fields.Char("Most Repaired Fault", compute="_compute_statutory")
    statutory_assembly_count = fields.Integer(
        "Replacements of the Same Assembly", compute="_compute_statutory"
    )
    statutory_assembly = fields.Char(
        "Most Replaced Assembly", compute="_compute_statutory"
    )
    statutory_state = fields.Selection(
        [
            ("unknown", "Day of Sale Unknown"),
            ("excluded", "Not Covered"),
            ("ok", "Within Limits"),
            ("warning", "Near a Limit"),
            ("exceeded", "Limit Exceeded"),
            ("expired", "Period Over"),
        ],
        "Statutory Warranty",
        compute="_compute_statutory",
    )
    statutory_note = fields.Text("Legal Consequence", compute="_compute_statutory")

    @api.depends(
        "first_sale_date", "last_odometer", "reception_ids.state", "is_business_use"
    )
    @api.depends_context("company")
    def _compute_statutory(self):
        # the same for whoever reads it: no customer and no money is told
        Rule = self.env["dealer.statutory.warranty"].sudo()
        country = self.env.company.country_id
        rules = Rule.search([("country_id", "in", [country.id, False])])
        today = fields.Date.context_today(self)
        for vehicle in self:
            sold = vehicle.first_sale_date
            rule = rules.filtered(lambda r, sold=sold: sold and r.date_from <= sold)[:1]
            vals = dict.fromkeys(_COMPUTED, False)
            vals["statutory_state"] = "unknown" if rules else False
            if rule:
                counters, is_early = vehicle._statutory_counters(rule)
                state = vehicle._statutory_state_of(rule, counters, is_early, today)
                vals.update(
                    counters,
                    statutory_rule_id=rule.id,
                    statutory_days=(today - sold).days,
                    statutory_state=state,
                    statutory_note=vehicle._statutory_note(rule, state, today),
                )
            vehicle.update(vals)

    def _statutory_counters(self, rule):
        """:return: the counters as values of fields, and whether an assembly of the
        drive was replaced in the first days"""
        self.ensure_one()
        days, elapsed, faults, assemblies = 0, 0, Counter(), Counter()
        is_early = False
        for visit in self._statutory_visits(rule):
            until = visit.date_ready or visit.date_delivered or visit.date_left
            until = until or fields.Datetime.now()
            # a part of a day counts as a whole one
            seconds = (until - visit.date_arrived).total_seconds()
            elapsed += max(1, ceil(seconds / _DAY))
            # waiting for a part is repair time, unless the customer agreed otherwise
            days += max(1, ceil((seconds - visit._seconds_not_counted()) / _DAY))
            faults.update(visit._treated_systems() - self._paid_systems(visit))
            parts = visit.order_ids.filtered(_is_counted).order_line.product_id
            parts |= _past_counted(visit).product_id
            replaced = set(parts.mapped("dealer_main_assembly")) - {False}
            assemblies.update(replaced)
            arrived = visit.company_id._dealer_day(visit.date_arrived)
            age = (arrived - self.first_sale_date).days
            is_early |= bool(age <= rule.first_days and replaced & EARLY_ASSEMBLIES)
        system, count = next(iter(faults.most_common(1)), (None, 0))
        assembly, changes = next(iter(assemblies.most_common(1)), (None, 0))
        field = self.env["product.template"]._fields["dealer_main_assembly"]
        names = dict(field._description_selection(self.env))
        return {
            "statutory_repair_days": days,
            "statutory_elapsed_days": elapsed,
            "statutory_fault": system.name if system else False,
            "statutory_fault_count": count,
            "statutory_assembly": names.get(assembly, False),
            "statutory_assembly_count": changes,
        }, is_early

    def _statutory_visits(self, rule):
        """The visits that the law counts: within the period, not paid by the owner."""
        end = self.first_sale_date + relativedelta(months=rule.exchange_months)
        # the law counts the car, in whichever shop of the group it was
        visits = self.sudo().with_context(active_test=False).reception_ids
        return visits.filtered(
            lambda visit: (
                visit.date_arrived
                and visit.state not in ("cancelled", "no_show")
                and self.first_sale_date
                <= visit.company_id._dealer_day(visit.date_arrived)
                <= end
                and not (rule.exchange_km and visit.odometer_total > rule.exchange_km)
                and (visit.order_ids.filtered(_is_counted) or _past_counted(visit))
            )
        )

    @api.model
    def _paid_systems(self, visit):
        """What was worked on in a visit, but only at the customer's own cost."""
        sold = visit.job_ids.filtered("sale_line_id")
        counted = sold.filtered(lambda job: _is_counted(job.sale_line_id.order_id))
        systems = sold.system_id - counted.system_id
        if visit.past_number:
            systems |= visit.past_line_ids.system_id - _past_counted(visit).system_id
        return systems

    def _statutory_state_of(self, rule, counters, is_early, today):
        self.ensure_one()
        days = counters["statutory_repair_days"]
        count = counters["statutory_fault_count"]
        changes = counters["statutory_assembly_count"]
        if self.is_business_use:
            return "excluded"
        if (
            days > rule.max_repair_days
            or count > rule.max_same_fault
            or changes > rule.max_same_assembly
            or is_early
        ):
            return "exceeded"
        end = self.first_sale_date + relativedelta(months=rule.exchange_months)
        if today > end or (rule.exchange_km and self.last_odometer > rule.exchange_km):
            return "expired"
        if (
            days >= rule.warn_repair_days
            or count >= rule.warn_same_fault
            or changes >= rule.max_same_assembly
        ):
            return "warning"
        return "ok"

    def _statutory_note(self, rule, state, today):
        """What applies to the car now, with its legal basis."""
        self.ensure_one()
        age, km = (today - self.first_sale_date).days, self.last_odometer
        if state == "excluded":
            return self.env._("Cars in business use are not covered by these rules.")
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
