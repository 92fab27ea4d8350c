from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.refusal import NamedRefusal
from ...tools.text_key import normalize_key

#: Why a car goes through the gate.
REASONS = [
    ("delivered", "Delivered"),
    ("away", "Customer Drives Away"),
    ("road_test", "Road Test"),
    ("sublet", "Sublet Work"),
    ("towed", "Towed"),
]
#: What the shop itself sends out comes back.
RETURNING = ("road_test", "sublet")
#: What may come back, or never.
MAY_RETURN = (*RETURNING, "towed")
#: What follows from the visit, and what somebody asks for.
BY_VISIT = ("delivered", "away")


class PassRefused(NamedRefusal):
    """The car does not go through the gate with this pass."""


class DealerGatePass(models.Model):
    """A gate pass (出门证): this car may leave once, for this reason, until then.

    Issued by the visit or for it; checked once at the gate, by a guard who has no login
    and learns plate, model and reason. Nobody writes it by hand.
    """

    _name = "dealer.gate.pass"
    _description = "Gate Pass"
    _inherit = ["dealer.process.mixin", "dealer.numbered.mixin", "dealer.keys.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _COMPLETIONS = ("_number", "_make_key")
    _RECORDED_FIELDS = frozenset(
        {
            "access_token",
            "date_back",
            "date_out",
            "date_until",
            "device_back_id",
            "device_out_id",
            "name",
            "reason",
            "reception_id",
            "revoke_reason",
            "state",
            "user_id",
        }
    )
    _transitions = frozenset({("open", "out"), ("open", "revoked"), ("out", "back")})

    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="reception_id.company_id", store=True, precompute=True, index=True
    )
    license_plate = fields.Char(
        "Plate", related="reception_id.license_plate", related_sudo=True
    )
    vehicle_id = fields.Many2one(related="reception_id.vehicle_id", related_sudo=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    is_returning = fields.Boolean(
        "Comes Back", compute="_compute_is_returning", store=True, precompute=True
    )
    state = fields.Selection(
        [
            ("open", "Valid"),
            ("out", "Out"),
            ("back", "Back"),
            ("revoked", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    is_expired = fields.Boolean("Expired", compute="_compute_is_expired")
    date_until = fields.Datetime("Valid Until", required=True, readonly=True)
    date_out = fields.Datetime("Out On", readonly=True, copy=False)
    date_back = fields.Datetime("Back On", readonly=True, copy=False)
    device_out_id = fields.Many2one(
        "dealer.gate.device", "Let Out At", readonly=True, ondelete="restrict"
    )
    device_back_id = fields.Many2one(
        "dealer.gate.device", "Let In At", readonly=True, ondelete="restrict"
    )
    revoke_reason = fields.Char("Withdrawn Because", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", "Issued By", readonly=True, ondelete="restrict"
    )
    access_token = fields.Char(
        "Key of the Pass", copy=False, readonly=True, groups="base.group_system"
    )

    _access_token_uniq = models.UniqueIndex("(access_token)")
    _open_idx = models.Index("(company_id, date_until) WHERE state = 'open'")
    _outside_idx = models.Index(
        "(company_id, date_out) WHERE state = 'out' AND is_returning"
    )
    _check_back = models.Constraint(
        "CHECK(date_back >= date_out)", "A car comes back after it has left."
    )

    @api.depends("reason")
    def _compute_is_returning(self):
        for gate_pass in self:
            gate_pass.is_returning = gate_pass.reason in RETURNING

    @api.depends("state", "date_until")
    def _compute_is_expired(self):
        now = fields.Datetime.now()
        for gate_pass in self:
            gate_pass.is_expired = (
                gate_pass.state == "open" and gate_pass.date_until < now
            )

    @api.model
    def _make_key(self, vals_list):
        for vals in vals_list:
            vals["access_token"] = self._new_key()

    # ------------------------------------------------------------------
    # ISSUED AND WITHDRAWN
    # ------------------------------------------------------------------

    @api.model
    def _issue(self, visit, reason, minutes=0):
        """A pass for the car of a visit; one that was still open is withdrawn.

        :param int minutes: how long it is valid; 0: as long as the shop says
        """
        minutes = minutes or visit.company_id.dealer_gate_minutes
        # the process writes passes; whoever asks for one was checked before
        passes = self.sudo()
        earlier = passes.search(
            [("reception_id", "=", visit.id), ("state", "=", "open")]
        )
        earlier._withdraw(self.env._("replaced by another pass"))
        return passes._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "reason": reason,
                    "date_until": fields.Datetime.now() + timedelta(minutes=minutes),
                    "user_id": self.env.uid,
                }
            ]
        ).with_env(self.env)

    def action_revoke(self):
        """The car stays: the pass is good for nothing any more.

        :raise UserError: when it has left, or the visit says otherwise
        """
        self.reception_id.check_access("write")
        self._check_move("revoked")
        # the process writes passes; who may change the visit was asked above
        self.sudo()._withdraw(
            self.env._("withdrawn by %(user)s", user=self.env.user.name)
        )
        return True

    def action_note_back(self):
        """The car is back, and the guard has not scanned its pass.

        :raise UserError: for a car that is not outside
        """
        for gate_pass in self:
            visit = gate_pass.reception_id
            visit.check_access("write")
            # the process writes passes; who may change the visit was asked above
            known = gate_pass.sudo()
            known._claim()
            if known.state != "out" or known.reason not in MAY_RETURN:
                raise UserError(
                    self.env._("%s: the car is not outside.", gate_pass.name)
                )
            known._write_by_method(
                {"state": "back", "date_back": fields.Datetime.now()}
            )
            visit._message_log(
                body=self.env._(
                    "%(gate_pass)s: the car is back, as %(user)s notes. The guard has "
                    "not scanned the pass.",
                    gate_pass=gate_pass.name,
                    user=self.env.user.name,
                )
            )
        return True

    def _withdraw(self, reason):
        self._write_by_method({"state": "revoked", "revoke_reason": reason})

    def action_print(self):
        """The pass on paper, with its code."""
        self.check_access("read")
        return self.env.ref("dealer_service.action_paper_gate_pass").report_action(self)

    # ------------------------------------------------------------------
    # AT THE GATE
    # ------------------------------------------------------------------

    @api.model
    def _by_link(self, token):
        """The pass whose code was scanned; empty for a wrong one."""
        # the guard is nobody: code and device are the permission
        return self._by_key("access_token", token)

    def _let_out(self, device):
        """The guard has seen the car and the pass: once.

        :raise PassRefused: in the words the guard reads
        """
        self._claim()
        if self.state == "open" and not self._refusal():
            now = fields.Datetime.now()
            self._write_by_method(
                {"state": "out", "date_out": now, "device_out_id": device.id}
            )
            device._write_by_method({"date_seen": now})
            return
        raise PassRefused(self._refusal())

    def _let_in(self, device):
        """The car that the shop sent out is back.

        :raise PassRefused: in the words the guard reads
        """
        self._claim()
        if self.state == "out" and self.reason in MAY_RETURN:
            now = fields.Datetime.now()
            self._write_by_method(
                {"state": "back", "date_back": now, "device_back_id": device.id}
            )
            device._write_by_method({"date_seen": now})
            return
        raise PassRefused(self._refusal())

    def _claim(self):
        """Have the pass to oneself: two gates do not let the same car out."""
        self.ensure_one()
        self.env.cr.execute(
            "UPDATE dealer_gate_pass SET id = id WHERE id = %s", (self.id,)
        )
        self.invalidate_recordset()

    def _refusal(self):
        """Why the car does not go through with it, for the guard; empty if it does."""
        self.ensure_one()
        if self.state == "out":
            return self.env._(
                "This pass was used at %(time)s already.", time=self._at(self.date_out)
            )
        if self.state == "back":
            return self.env._(
                "This pass is used up: the car came back at %(time)s.",
                time=self._at(self.date_back),
            )
        if self.state == "revoked":
            return self.env._("This pass was withdrawn. The car stays here.")
        if self.is_expired:
            return self.env._(
                "This pass was valid until %(time)s. Send the driver back to the "
                "service desk.",
                time=self._at(self.date_until),
            )
        # the guard has no login, and learns no more than this
        if not self.sudo().reception_id._holds_for_pass(self.reason, self.create_uid):
            return self.env._(
                "The reason for this pass no longer holds. Send the driver back to the "
                "service desk."
            )
        return ""

    def _at(self, date):
        return self.company_id._dealer_format(date)

    def _is_asked(self, query):
        """Whether a part of the plate, or of the number, was typed."""
        asked = normalize_key(query or "")
        return any(
            asked in normalize_key(text or "")
            for text in (self.license_plate, self.name)
        )

    def _gate_row(self):
        """What the guard needs, and nothing of the customer."""
        self.ensure_one()
        labels = dict(self._fields["reason"]._description_selection(self.env))
        return {
            "id": self.id,
            "plate": self.license_plate or self.env._("No plate yet"),
            "model": self.vehicle_id.model_id.display_name or "",
            "number": self.name,
            "reason": labels[self.reason],
            "until": self._at(self.date_until),
            "out": self._at(self.date_out) if self.date_out else "",
            "may_leave": not self._refusal(),
            "is_outside": self.state == "out" and self.reason in MAY_RETURN,
            "refusal": self._refusal(),
        }
