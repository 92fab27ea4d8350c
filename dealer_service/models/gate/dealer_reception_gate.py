from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import groups
from ...tools.actions import open_dialog, open_form
from ...tools.arguments import NUMBER, TEXT, arguments
from ..common.dealer_reception_states import CAR_IS_HERE, IN_HOUSE_STATES
from .dealer_gate_pass import BY_VISIT, MAY_RETURN, REASONS
from .dealer_reception_release import KeyHeld

#: A car that is sent out comes back within a week, or asks again.
MOST_MINUTES = 7 * 24 * 60
#: One that is tried on the road is back the same day.
MOST_MINUTES_ON_ROAD = 8 * 60
#: One that was handed over and stands here longer leaves by another way.
_LEAVES_WITHIN = timedelta(days=3)


class DealerReception(models.Model):
    """The gate pass of a visit: made when the car is handed over, or asked for."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    gate_pass_ids = fields.One2many(
        "dealer.gate.pass",
        "reception_id",
        "Gate Passes",
        readonly=True,
        groups=groups.ADVISOR,
    )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_ask_gate_pass(self):
        """Ask why the car leaves the shop; the pass of a car handed over is shown."""
        self.ensure_one()
        self.check_access("read")
        if self.state in ("delivered", "left") or self.is_away:
            return open_form(self.action_issue_leaving_pass(), target="new")
        self._check_may_send_out("road_test")
        return open_dialog(
            self.env["dealer.gate.pass.dialog"],
            self.env._("Gate Pass"),
            reception_id=self.id,
        )

    @arguments(reason=TEXT, minutes=NUMBER)
    def action_send_out(self, reason=None, minutes=0):
        """A pass for a car in the house: a road test, sublet work, a tow.

        :param str reason: ``road_test``, ``sublet`` or ``towed``
        :param int minutes: how long it is valid; 0: as long as the shop says
        :raise UserError: for a car that is not here, and for any other reason
        :raise KeyHeld: for one that is settled and has still to be paid
        :return: the pass
        """
        self.ensure_one()
        self._check_may_send_out(reason)
        if self.date_settled:
            # it has nothing more to come back for
            self._release_keys(reason)
        elif self._is_unsettled_for(reason) and not self._may_send_unsettled():
            raise KeyHeld(
                self.env._(
                    "%(car)s is ready: settle the visit before the car leaves, or ask "
                    "a service manager to send it out.",
                    car=self.license_plate or self.name,
                )
            )
        on_road = reason == "road_test"
        most = MOST_MINUTES_ON_ROAD if on_road else MOST_MINUTES
        minutes = min(max(minutes, 0), most)
        return self.env["dealer.gate.pass"]._issue(self, reason, minutes)

    def action_issue_leaving_pass(self):
        """The pass of a car that was handed over or has left, if it is still here.

        :raise UserError: when the car is neither
        :return: the pass; a valid one there is, or a new one
        """
        self.ensure_one()
        self.check_access("write")
        reason = self._leaving_pass_reason()
        if not reason:
            raise UserError(
                self.env._(
                    "%(visit)s is “%(state)s”: the car is not handed over yet.",
                    visit=self.name,
                    state=self._state_label(),
                )
            )
        known = self.gate_pass_ids.filtered(
            lambda gate_pass: gate_pass.reason == reason
        )
        gone = known.filtered("date_out")
        if gone and reason == "delivered":
            return gone[:1]
        self._check_leaves_now()
        valid = known.filtered(
            lambda gate_pass: gate_pass.state == "open" and not gate_pass.is_expired
        )
        return valid[:1] or self.env["dealer.gate.pass"]._issue(self, reason)

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _leaving_pass_reason(self):
        """Why the car leaves, as the visit stands; empty while it stays."""
        if self.state == "delivered":
            return "delivered"
        return "away" if self.state == "left" or self.is_away else ""

    def _check_leaves_now(self):
        """:raise UserError: for a car that has driven away since, or has come again"""
        if self.is_away:
            return
        over = self.date_delivered or self.date_left
        gone = self.past_number or (
            over and fields.Datetime.now() - over > _LEAVES_WITHIN
        )
        # whichever shop of the company it came to, and whoever may read the visit
        later = self.sudo().search(
            [
                ("vehicle_id", "=", self.vehicle_id.id),
                ("state", "in", IN_HOUSE_STATES),
                ("id", "!=", self.id),
            ],
            limit=1,
        )
        if later:
            raise UserError(
                self.env._(
                    "%(car)s is here for %(visit)s: it leaves with the pass of that "
                    "visit.",
                    car=self.license_plate or self.name,
                    visit=later.name,
                )
            )
        if gone:
            raise UserError(
                self.env._(
                    "%(visit)s was over long ago: the car left then, and gets no pass "
                    "for it.",
                    visit=self.name,
                )
            )

    def _check_may_send_out(self, reason):
        """
        :raise AccessError: for who only reads the visit
        :raise UserError: for a car that is not here, and for any other reason
        """
        self.check_access("read")
        is_staff = self.env.su or self.env.user.has_group(
            groups.TECHNICIAN if reason == "road_test" else groups.ADVISOR
        )
        if not is_staff:
            raise AccessError(
                self.env._(
                    "Technicians send a car out for a road test, service advisors for "
                    "everything else."
                )
            )
        if reason not in dict(REASONS) or reason in BY_VISIT:
            raise UserError(self.env._("Choose why the car leaves the shop."))
        # whether the car is here is known to whoever reads the visit
        if not self.sudo().filtered_domain(CAR_IS_HERE):
            raise UserError(
                self.env._("%(visit)s: the car is not in the shop.", visit=self.name)
            )
        # the process asks, whoever may read passes
        for gone in self.sudo().gate_pass_ids.filtered(
            lambda known: known.state == "out" and known.reason in MAY_RETURN
        ):
            raise UserError(
                self.env._(
                    "%(visit)s: the car went out at %(time)s and is not back. The "
                    "guard lets it in with its pass %(gate_pass)s, or you note on the "
                    "pass that it is back.",
                    visit=self.name,
                    time=self.company_id._dealer_format(gone.date_out),
                    gate_pass=gone.name,
                )
            )

    def _holds_for_pass(self, reason, issuer):
        """Whether the car may still leave for the reason of a pass issued earlier.

        :param res.users issuer: who has issued it
        """
        self.ensure_one()
        if reason in BY_VISIT:
            return self._leaving_pass_reason() == reason
        if not self.filtered_domain(CAR_IS_HERE):
            return False
        if self._is_unsettled_for(reason):
            return self.with_user(issuer)._may_send_unsettled()
        return not (self.date_settled and self._key_words()[1])

    def _is_unsettled_for(self, reason):
        """Whether the work is done and nobody has said yet what it costs; a road test
        is a part of the work."""
        is_held = self.company_id.dealer_pay_first and self.state == "ready"
        return is_held and not self.date_settled and reason != "road_test"

    def _may_send_unsettled(self):
        user = self.env.user
        return self.env.su or user._is_superuser() or user.has_group(groups.MANAGER)

    def _issue_leaving_passes(self):
        """The car may leave: the pass is there before somebody asks for it."""
        for visit in self.filtered("company_id.dealer_gate_pass"):
            visit.env["dealer.gate.pass"]._issue(visit, visit._leaving_pass_reason())

    def _follow_away_at_gate(self, _change):
        self.filtered("is_away")._issue_leaving_passes()

    def _check_not_gone_on(self):
        """:raise UserError: when the guard has seen the car leave"""
        # the process asks, whoever may read passes
        gone = self.sudo().gate_pass_ids.filtered(
            lambda gate_pass: gate_pass.reason == "delivered" and gate_pass.date_out
        )
        if gone:
            raise UserError(
                self.env._(
                    "%(visit)s: the car went through the gate at %(time)s, so it had "
                    "been handed over.",
                    visit=self.name,
                    time=self.company_id._dealer_format(gone[0].date_out),
                )
            )
        return super()._check_not_gone_on()

    def _withdraw_passes(self):
        """The delivery is taken back: so is the pass."""
        # the process withdraws what the process has issued
        mine = self.sudo().filtered("company_id.dealer_gate_pass")
        mine.gate_pass_ids.filtered(
            lambda gate_pass: (
                gate_pass.state == "open" and gate_pass.reason == "delivered"
            )
        )._withdraw(self.env._("the delivery was taken back"))
