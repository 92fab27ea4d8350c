from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.actions import open_list
from ..orders.sale_order import DEALER_PAYERS

STATES = [
    ("open", "Rows Are Loaded"),
    ("checking", "Being Checked"),
    ("checked", "Checked"),
    ("taking", "Being Taken Over"),
    ("done", "Take-over Done"),
    ("returning", "Being Taken Back"),
]
TRANSITIONS = frozenset(
    {
        ("open", "checking"),
        ("checked", "checking"),
        ("done", "checking"),
        ("checking", "checked"),
        ("checked", "taking"),
        ("taking", "checked"),
        ("taking", "done"),
        # rows are loaded or mended
        ("checked", "open"),
        ("done", "open"),
        # it was the wrong file, or the wrong columns
        ("open", "returning"),
        ("checked", "returning"),
        ("done", "returning"),
        ("returning", "open"),
        # the job is stopped
        ("checking", "open"),
        ("taking", "open"),
    }
)
#: A job is at work on its rows: nobody else is.
WORKING = ("checking", "taking", "returning")


class DealerTakeover(models.Model):
    """Visits of the old system on their way into ours: loaded, checked, taken over."""

    _name = "dealer.takeover"
    _description = "Take-over"
    _inherit = ["dealer.process.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _transitions = TRANSITIONS
    _RECORDED_FIELDS = frozenset(
        {"date_checked", "date_done", "known_count", "returned_id", "state", "user_id"}
    )
    _GUARDS = ((("company_id", "default_payer"), "_check_idle"),)
    _CONSEQUENCES = ((("company_id", "default_payer"), "_reopen"),)

    name = fields.Char(
        required=True,
        default=lambda self: self.env._("Visits of the old system"),
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        "res.users",
        "Begun By",
        readonly=True,
        copy=False,
        default=lambda self: self.env.user,
        help="The job speaks of the rows in this person's language.",
    )
    state = fields.Selection(
        STATES, required=True, readonly=True, default="open", copy=False, index=True
    )
    default_payer = fields.Selection(
        DEALER_PAYERS,
        "Payer Where None Is Named",
        help="Empty: a row that does not say who paid is refused.",
    )
    date_checked = fields.Datetime("Checked On", readonly=True, copy=False)
    date_done = fields.Datetime("Taken Over On", readonly=True, copy=False)
    row_ids = fields.One2many("dealer.takeover.row", "takeover_id", "Rows")
    reception_ids = fields.One2many(
        "dealer.reception", "takeover_id", "Visits", readonly=True
    )

    # what the rows say, and what came of them
    row_count = fields.Integer("Number of Rows", compute="_compute_counts")
    unread_count = fields.Integer("Rows Not Checked", compute="_compute_counts")
    refused_count = fields.Integer("Refused Rows", compute="_compute_counts")
    ready_count = fields.Integer("Visits to Come", compute="_compute_counts")
    double_count = fields.Integer("Visits Known Already", compute="_compute_counts")
    known_count = fields.Integer(
        "Left Alone",
        readonly=True,
        copy=False,
        help="Visits that had been taken over before and were in the files again.",
    )
    returned_id = fields.Integer(
        "Taken Back Up To",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The job goes on behind the visit with this ID.",
    )
    visit_count = fields.Integer("Visits Taken Over", compute="_compute_visit_count")
    open_word_count = fields.Integer(
        "Words to Explain", compute="_compute_open_word_count"
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("state", "row_ids")
    def _compute_counts(self):
        counts = {}
        for takeover, state, rows, visits in self.env[
            "dealer.takeover.row"
        ]._read_group(
            [("takeover_id", "in", self.ids)],
            ["takeover_id", "state"],
            ["__count", "number:count_distinct"],
        ):
            counts[takeover.id, state] = rows, visits
        for takeover in self:
            found = {
                state: counts.get((takeover.id, state), (0, 0))
                for state in ("unread", "refused", "ready", "known")
            }
            takeover.row_count = sum(rows for rows, _visits in found.values())
            takeover.unread_count = found["unread"][0]
            takeover.refused_count = found["refused"][0]
            takeover.ready_count = found["ready"][1]
            takeover.double_count = found["known"][1]

    @api.depends("reception_ids")
    def _compute_visit_count(self):
        counts = dict(
            self.env["dealer.reception"]._read_group(
                [("takeover_id", "in", self.ids)], ["takeover_id"], ["__count"]
            )
        )
        for takeover in self:
            takeover.visit_count = counts.get(takeover._origin, 0)

    @api.depends("state")
    def _compute_open_word_count(self):
        words = self.env["dealer.takeover.word"]
        for takeover in self:
            takeover.open_word_count = words.search_count(takeover._open_words())

    def _open_words(self):
        self.ensure_one()
        return Domain("is_open", "=", True) & Domain(
            "company_id", "in", [False, self.company_id.id]
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_taken(self):
        for takeover in self:
            if takeover.visit_count or takeover.state in WORKING:
                raise UserError(
                    self.env._(
                        "“%(takeover)s” has brought visits, and says where they came "
                        "from. Remove the rows that are left instead.",
                        takeover=takeover.name,
                    )
                )

    def _check_idle(self, _vals=None):
        """:raise UserError: while the job is at work on the rows"""
        for takeover in self:
            if takeover.state in WORKING:
                raise UserError(
                    self.env._(
                        "“%(takeover)s” is “%(state)s” at the moment. Wait until the "
                        "job has finished.",
                        takeover=takeover.name,
                        state=takeover._state_label(),
                    )
                )

    def _reopen(self, _change=None):
        """What was found no longer holds: the rows have to be checked again."""
        self._check_idle()
        for takeover in self:
            if takeover.state != "open":
                takeover._set_state("open")

    # ------------------------------------------------------------------
    # SCREENS
    # ------------------------------------------------------------------

    def action_load(self):
        """Open Odoo's import for a file of this take-over."""
        self.ensure_one()
        self.check_access("write")
        self._check_idle()
        return self._import(
            self.env._("Load a File"),
            "dealer.takeover.row",
            default_takeover_id=self.id,
        )

    def action_load_customers(self):
        """Open the import of customers."""
        self.check_access("read")
        return self._import(
            self.env._("Import Customers"), "res.partner", dealer_customers=True
        )

    def action_load_cars(self):
        """Open the import of cars."""
        self.check_access("read")
        return self._import(
            self.env._("Import Cars"),
            "fleet.vehicle",
            default_is_customer_vehicle=True,
            default_company_id=False,
        )

    @api.model
    def _import(self, name, model, **context):
        return {
            "type": "ir.actions.client",
            "tag": "import",
            "name": name,
            "params": {"active_model": model, "context": context},
        }

    def action_view_rows(self):
        """All rows that are still here."""
        return self._open_rows(self.env._("Rows"), Domain.TRUE)

    def action_view_refused(self):
        """The refused rows, to be mended in the list."""
        return self._open_rows(
            self.env._("Refused Rows"), Domain("state", "=", "refused")
        )

    def _open_rows(self, name, condition):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_takeover_row_action"
        )
        return {
            **action,
            "display_name": name,
            "domain": list(Domain("takeover_id", "=", self.id) & condition),
        }

    def action_view_sums(self):
        """What would come, by payer and month."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_takeover_row_action_sums"
        )
        return {
            **action,
            "domain": [("takeover_id", "=", self.id), ("state", "=", "ready")],
        }

    def action_view_visits(self):
        """The visits that came of it."""
        self.ensure_one()
        self.check_access("read")
        return open_list(
            self.env["dealer.reception"],
            self.env._("Visits of %s", self.name),
            [("takeover_id", "=", self.id)],
        )

    def action_view_lines(self):
        """What came, by payer and month."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_past_line_action"
        )
        return {**action, "domain": [("reception_id.takeover_id", "=", self.id)]}

    def action_view_words(self):
        """The words of the old system that nobody has explained."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_takeover_word_action"
        )
        return {**action, "domain": list(self._open_words())}
