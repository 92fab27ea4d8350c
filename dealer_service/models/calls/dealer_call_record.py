from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.phone import is_masked

DIRECTIONS = [("in", "Incoming"), ("out", "Outgoing")]
STAGES = [("ringing", "Ringing"), ("answered", "Talking"), ("ended", "Ended")]
#: What the exchange, or its list, says of a call.
FACTS = frozenset(
    {
        "call_ref",
        "company_id",
        "date_answered",
        "date_end",
        "date_start",
        "direction",
        "exchange_id",
        "extension",
        "importer_id",
        "number",
        "number_key",
        "origin",
        "recording_url",
        "stage",
        "talk_seconds",
        "user_id",
    }
)


class DealerCallRecord(models.Model):
    """One telephone call (通话记录), as the exchange of the shop reports it.

    Nobody types it and nobody changes it: what people say of a call is proven by it.
    """

    _name = "dealer.call.record"
    _description = "Phone Call"
    _inherit = ["dealer.recorded.mixin", "dealer.field.access"]
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _is_sealed = True
    _RECORDED_FIELDS = FACTS | {
        "is_new",
        "matched_by_id",
        "match_reason",
        "partner_id",
        "reception_id",
        "state",
    }

    # what was reported; written by an import, so not read-only for it
    call_ref = fields.Char(
        "Call ID", required=True, help="The number of the call in the exchange."
    )
    company_id = fields.Many2one(
        "res.company", "Shop", required=True, index=True, readonly=True
    )
    exchange_id = fields.Many2one(
        "dealer.call.exchange", readonly=True, ondelete="restrict"
    )
    origin = fields.Selection(
        [("exchange", "Exchange"), ("list", "Call List")],
        "Reported By",
        required=True,
        readonly=True,
        help="By the exchange itself, or by a list that somebody imported.",
    )
    importer_id = fields.Many2one(
        "res.users", "List Imported By", readonly=True, ondelete="restrict"
    )
    direction = fields.Selection(DIRECTIONS, required=True)
    number = fields.Char(
        "Phone Number", help="The number outside, as the exchange reports it."
    )
    number_key = fields.Char(
        readonly=True,
        groups="base.group_user",
        help="The number outside in its international form (E.164), for searching.",
    )
    extension = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        "Colleague",
        readonly=True,
        index=True,
        ondelete="restrict",
        help="Whose extension it was at that time.",
    )
    stage = fields.Selection(STAGES, required=True, default="ended", readonly=True)
    date_start = fields.Datetime("Started On", required=True)
    date_answered = fields.Datetime("Answered On")
    date_end = fields.Datetime("Ended On")
    talk_seconds = fields.Integer("Seconds Talked")
    recording_url = fields.Char(
        "Link of the Recording", groups="base.group_system", exportable=False
    )

    # what it was about
    state = fields.Selection(
        [
            ("unmatched", "Unmatched"),
            ("matched", "Matched"),
            ("ignored", "Set Aside"),
        ],
        required=True,
        readonly=True,
        default="unmatched",
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, index=True, ondelete="set null"
    )
    reception_id = fields.Many2one(
        "dealer.reception",
        "Visit",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    matched_by_id = fields.Many2one(
        "res.users", "Decided By", readonly=True, ondelete="restrict"
    )
    match_reason = fields.Char("Decided Because", readonly=True)
    is_new = fields.Boolean(
        default=True,
        readonly=True,
        help="Whose call it was, and about what, is still to be found.",
    )
    is_connected = fields.Boolean(
        "Answered", compute="_compute_is_connected", store=True
    )
    is_masked = fields.Boolean("Number Hidden", compute="_compute_is_masked")

    _call_uniq = models.UniqueIndex(
        "(company_id, call_ref)", "The exchange reports a call once."
    )
    _number_idx = models.Index("(number_key, date_start)")
    _open_idx = models.Index("(company_id, date_start) WHERE state = 'unmatched'")
    _recording_idx = models.Index("(date_start) WHERE recording_url IS NOT NULL")
    _kept_idx = models.Index("(company_id, date_start) WHERE number IS NOT NULL")
    _new_idx = models.Index("(date_start) WHERE is_new")

    @api.depends("date_answered", "talk_seconds")
    def _compute_is_connected(self):
        for call in self:
            call.is_connected = bool(call.talk_seconds > 0)

    @api.depends("number", "number_key")
    def _compute_is_masked(self):
        for call in self:
            call.is_masked = is_masked(call.number) or not call.number

    @api.depends("date_start", "talk_seconds", "direction", "company_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Never the number: a name is shown to who may not read the call."""
        labels = dict(self._fields["direction"]._description_selection(self.env))
        for call in self:
            if not call.date_start:
                call.display_name = ""
                continue
            shop = call.company_id or self.env.company
            call.display_name = " · ".join(
                (
                    shop._dealer_format(call.date_start),
                    labels.get(call.direction, ""),
                    call._length(),
                )
            )

    def _length(self):
        """How long they talked, as people say it."""
        if not self.talk_seconds:
            return self.env._("not answered")
        minutes, seconds = divmod(self.talk_seconds, 60)
        return f"{minutes}:{seconds:02d}"

    def _check_direct_write(self, vals):
        self.check_access("write")
        return super()._check_direct_write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("A call that took place is kept."))

    def _is_by_another(self, user):
        """Whether somebody else than ``user`` vouches for this record: the exchange, or
        a colleague who has imported its list."""
        self.ensure_one()
        return self.origin == "exchange" or self.importer_id != user
