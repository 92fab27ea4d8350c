from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError

from ...tools import groups
from ...tools.actions import open_form
from ..shop.res_company_live import LANE

#: What the customer has still to decide shows on the board of the lane.
LANE_FIELDS = {"state", "consent_date", "reception_id"}
#: What else is shown live to whoever has the visit open.
SEEN_FIELDS = {"dealer_date_seen", "dealer_reason"}

NEXT_STEPS = [
    ("arrive", "Car Has Arrived"),
    ("greet", "Greet"),
    ("inspect", "Walk-around"),
    ("estimate", "Estimate"),
    ("consent", "Customer Decided"),
    ("authorize", "Customer Authorized"),
    ("start", "Start Work"),
    ("jobs", "Jobs"),
    ("finish", "Work Finished"),
    ("check", "Quality Check"),
    ("ready", "Ready for Delivery"),
    ("settle", "Settle"),
    ("deliver", "Hand Over the Key"),
]
#: What comes next depends on the orders or the jobs of the visit.
COUNTED_STATES = ("inspected", "authorized", "working")


class DealerReception(models.Model):
    """The lane at a glance: what each car needs next, one tap away, live."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    next_step = fields.Selection(
        NEXT_STEPS,
        compute="_compute_next_step",
        groups=groups.ADVISOR,
        help="The next step of the visit according to the process.",
    )
    promise_minutes = fields.Integer(
        "Minutes Until the Promise",
        compute="_compute_promise_minutes",
        help="Negative when the promised time has passed and the car is not ready.",
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends(
        "state",
        "date_greeted",
        "date_passed",
        "is_work_done",
        "job_count",
        "order_count",
        "order_pending_count",
    )
    def _compute_next_step(self):
        # orders and jobs are counted only for those in whose step they matter
        counted = self.filtered(lambda r: r.state in COUNTED_STATES).with_prefetch()
        for reception in counted:
            reception.next_step = reception._find_next_step()
        for reception in self - counted:
            reception.next_step = reception._find_next_step()

    def _find_next_step(self):
        self.ensure_one()
        if self.state == "arrived":
            return "inspect" if self.date_greeted else "greet"
        if self.state == "inspected":
            if not self.order_count:
                return "estimate"
            return "consent" if self.order_pending_count else "authorize"
        if self.state in ("authorized", "working") and self.order_pending_count:
            # a supplement was offered: the work waits for the customer
            return "consent"
        if self.state == "working":
            is_open = self.job_count and not self.is_work_done
            return "jobs" if is_open else "finish"
        if self.state == "quality":
            return "ready" if self.date_passed else "check"
        return {
            "booked": "arrive",
            "prepared": "arrive",
            "authorized": "start",
            "ready": "settle",
            "settled": "deliver",
        }.get(self.state, False)

    @api.depends("date_promised", "date_ready", "state")
    def _compute_promise_minutes(self):
        now = fields.Datetime.now()
        for reception in self:
            if reception.date_promised and not reception.date_ready:
                left = reception.date_promised - now
                reception.promise_minutes = int(left.total_seconds() // 60)
            else:
                reception.promise_minutes = 0

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_next_step(self):
        """Do what the visit needs next, or open where it is done.

        What one tap can do is done at once. What takes hands and eyes (the
        walk-around, the estimate, the quality check, the settlement) is opened.

        :raise RedirectWarning: when the process refuses, with the way to the visit
        """
        self.ensure_one()
        step = self.next_step
        if step == "inspect" and not self.is_sheet_signed:
            return open_form(self)
        actions = {
            "estimate": "action_open_estimate",
            "consent": "action_ask_consent",
            "authorize": "action_ask_authorization",
            "jobs": "action_view_jobs",
            "check": "action_check_quality",
            "settle": "action_open_settlement",
            "deliver": "action_open_delivery",
        }
        if not step:
            return open_form(self)
        try:
            return getattr(self, actions.get(step, f"action_{step}"))()
        except RedirectWarning:
            raise
        except UserError as refusal:
            raise RedirectWarning(
                str(refusal), open_form(self), self.env._("Open the Visit")
            ) from refusal

    # ------------------------------------------------------------------
    # LIVE
    # ------------------------------------------------------------------

    def unlink(self):
        shops = self.company_id
        result = super().unlink()
        shops._send_board_change(LANE)
        return result

    def _notify_lane(self, change=None):
        """The board of each shop is shown anew, also of one that a visit has left."""
        shops = self.company_id
        for visit in self if change else ():
            # read with all rights as it was, told with those of the caller
            shops |= change.was(visit, "company_id").sudo(False)
        shops._send_board_change(LANE)
        if change:
            self._tell_who_has_it_open()

    def _tell_who_has_it_open(self):
        for shop, visits in self.grouped("company_id").items():
            shop._send_visit_changes(visits.ids)


class SaleOrder(models.Model):
    """An offer or a decision changes what the car in the lane needs next."""

    _name = "sale.order"
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._notify_lane()
        return orders

    def write(self, vals):
        result = super().write(vals)
        if LANE_FIELDS.intersection(vals):
            self._notify_lane()
        elif SEEN_FIELDS.intersection(vals):
            self.reception_id._tell_who_has_it_open()
        return result

    def _notify_lane(self):
        shown = self.filtered("reception_id")
        shown.company_id._send_board_change(LANE)
        shown.reception_id._tell_who_has_it_open()
