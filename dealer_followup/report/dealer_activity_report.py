from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.actions import open_list

from ..models.activity.dealer_activity_states import KINDS, STATES
from ..tools import groups

#: Figures of the report that the activity itself shows.
FIGURES = (
    "listed",
    "excluded",
    "invited",
    "replied",
    "coming",
    "came",
    "persons",
    "walk_ins",
    "leads",
    "jobs",
    "visits",
    "cars",
)
AMOUNTS = ("revenue", "subsidy", "net_cost", "cost_per_visit", "cost_per_guest")


class DealerActivityReport(models.Model):
    """What each activity brought: guests, leads, visits, revenue, cost.

    One row an activity, with its id. A visit belongs to one activity, so the sum over
    activities counts nothing twice.
    """

    _name = "dealer.activity.report"
    _description = "Effect of Activities"
    _auto = False
    _order = "date desc"
    _rec_name = "activity_id"

    activity_id = fields.Many2one("dealer.activity", readonly=True)
    company_id = fields.Many2one("res.company", "Shop", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    state = fields.Selection(STATES, readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    date = fields.Datetime("Begins", readonly=True)

    listed = fields.Integer("To Invite", readonly=True)
    excluded = fields.Integer("Not Invited", readonly=True)
    invited = fields.Integer(readonly=True)
    replied = fields.Integer(readonly=True)
    coming = fields.Integer("Guests Coming", readonly=True)
    came = fields.Integer(
        "Attended", readonly=True, help="Invited customers who attended, and walk-ins."
    )
    persons = fields.Integer("Guests Attended", readonly=True)
    walk_ins = fields.Integer("Not Invited Before", readonly=True)
    leads = fields.Integer(readonly=True)
    jobs = fields.Integer("Jobs on Site", readonly=True)
    visits = fields.Integer("Visits After", readonly=True)
    cars = fields.Integer("Cars That Visited", readonly=True)
    revenue = fields.Monetary(
        readonly=True, help="Invoiced for these visits, without tax."
    )
    cost_planned = fields.Monetary("Planned Cost", readonly=True)
    cost_actual = fields.Monetary("Actual Cost", readonly=True)
    subsidy = fields.Monetary(
        "Manufacturer Subsidy",
        readonly=True,
        help="Subsidies received: budget lines plus the amount per car served.",
    )
    net_cost = fields.Monetary(readonly=True)
    cost_per_visit = fields.Monetary(readonly=True, aggregator="avg")
    cost_per_guest = fields.Monetary(readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row.*,
                row.cost_actual - row.subsidy AS net_cost,
                (row.cost_actual - row.subsidy) / NULLIF(row.visits + row.jobs, 0)
                    AS cost_per_visit,
                (row.cost_actual - row.subsidy) / NULLIF(row.came, 0)
                    AS cost_per_guest
            FROM (
                SELECT a.id, a.id AS activity_id, a.company_id, c.currency_id, a.kind,
                    a.state, a.user_id, a.date_start AS date,
                    COALESCE(i.listed, 0) AS listed,
                    COALESCE(i.excluded, 0) AS excluded,
                    COALESCE(i.invited, 0) AS invited,
                    COALESCE(i.replied, 0) AS replied,
                    COALESCE(i.coming, 0) AS coming,
                    COALESCE(i.came, 0) AS came,
                    COALESCE(i.persons, 0) AS persons,
                    COALESCE(i.walk_ins, 0) AS walk_ins,
                    COALESCE(i.leads, 0) AS leads,
                    COALESCE(v.jobs, 0) AS jobs,
                    COALESCE(v.visits, 0) AS visits,
                    COALESCE(v.cars, 0) AS cars,
                    COALESCE(m.revenue, 0) AS revenue,
                    COALESCE(a.cost_planned, 0) AS cost_planned,
                    COALESCE(a.cost_actual, 0) AS cost_actual,
                    COALESCE(a.subsidy_actual, 0) + COALESCE(a.subsidy_per_car, 0)
                        * GREATEST(COALESCE(v.jobs, 0), CASE WHEN a.has_seats THEN 0
                            ELSE COALESCE(i.cars_came, 0) END) AS subsidy
                FROM dealer_activity a
                JOIN res_company c ON c.id = a.company_id
                LEFT JOIN LATERAL (
                    SELECT COUNT(*) FILTER (WHERE state = 'listed') AS listed,
                        COUNT(*) FILTER (WHERE state = 'excluded') AS excluded,
                        COUNT(*) FILTER (WHERE date_invited IS NOT NULL) AS invited,
                        COUNT(*) FILTER (WHERE date_replied IS NOT NULL) AS replied,
                        SUM(persons) FILTER (WHERE state = 'coming') AS coming,
                        COUNT(*) FILTER (WHERE state = 'attended') AS came,
                        COUNT(vehicle_id) FILTER (WHERE state = 'attended')
                            AS cars_came,
                        SUM(persons) FILTER (WHERE state = 'attended') AS persons,
                        COUNT(*) FILTER (WHERE state = 'attended' AND is_walk_in)
                            AS walk_ins,
                        COUNT(*) FILTER (WHERE is_lead) AS leads
                    FROM dealer_activity_invitee WHERE activity_id = a.id
                ) i ON TRUE
                LEFT JOIN LATERAL (
                    SELECT COUNT(*) FILTER (WHERE invitee_id IS NOT NULL) AS jobs,
                        COUNT(*) FILTER (WHERE invitee_id IS NULL) AS visits,
                        COUNT(DISTINCT vehicle_id) AS cars
                    FROM dealer_reception
                    WHERE activity_id = a.id AND state != 'cancelled'
                ) v ON TRUE
                LEFT JOIN LATERAL (
                    SELECT SUM(amount_untaxed_signed) AS revenue FROM account_move
                    WHERE campaign_id = a.campaign_id AND state = 'posted'
                    AND company_id = a.company_id
                    AND move_type IN ('out_invoice', 'out_refund')
                ) m ON TRUE
            ) row
            """
        )


class DealerActivity(models.Model):
    """The activity shows its own row of the report."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    listed = fields.Integer("To Invite", compute="_compute_figures")
    excluded = fields.Integer("Not Invited", compute="_compute_figures")
    invited = fields.Integer(compute="_compute_figures")
    replied = fields.Integer(compute="_compute_figures")
    coming = fields.Integer("Guests Coming", compute="_compute_figures")
    came = fields.Integer("Attended", compute="_compute_figures")
    persons = fields.Integer("Guests Attended", compute="_compute_figures")
    walk_ins = fields.Integer("Not Invited Before", compute="_compute_figures")
    leads = fields.Integer(compute="_compute_figures")
    jobs = fields.Integer("Jobs on Site", compute="_compute_figures")
    visits = fields.Integer("Visits After", compute="_compute_figures")
    cars = fields.Integer("Cars That Visited", compute="_compute_figures")
    revenue = fields.Monetary(compute="_compute_amounts", groups=groups.MANAGER)
    subsidy = fields.Monetary(
        "Manufacturer Subsidy", compute="_compute_amounts", groups=groups.MANAGER
    )
    net_cost = fields.Monetary(compute="_compute_amounts", groups=groups.MANAGER)
    cost_per_visit = fields.Monetary(compute="_compute_amounts", groups=groups.MANAGER)
    cost_per_guest = fields.Monetary(compute="_compute_amounts", groups=groups.MANAGER)

    @api.depends("state")
    def _compute_figures(self):
        self._read_report(FIGURES)

    @api.depends("cost_actual", "subsidy_per_car")
    def _compute_amounts(self):
        self._read_report(AMOUNTS)

    def _read_report(self, names):
        self.env.flush_all()
        # callers see the counts; the amounts are fields of the manager
        rows = self.env["dealer.activity.report"].sudo().browse(self._origin.ids)
        rows.invalidate_recordset(names)
        found = {row["id"]: row for row in rows.read(names, load=None)}
        for activity in self:
            row = found.get(activity._origin.id, {})
            for name in names:
                activity[name] = row.get(name) or 0

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_view_invitees(self):
        """The list: who is invited, who comes, who is left out and why."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_activity_invitee_action"
        )
        action["domain"] = [("activity_id", "=", self.id)]
        filters = self.env.context.get("filters") or "on_list"
        action["context"] = {f"search_default_{name}": 1 for name in filters.split(",")}
        return action

    def action_view_visits(self):
        """Visits that are its effect, and jobs on its site."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_reception_action_all"
        )
        action["domain"] = [("activity_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_view_invoices(self):
        """What was invoiced for these visits.

        :raise AccessError: for who may not see the money of the activity
        """
        self.ensure_one()
        self.check_access("read")
        return open_list(
            self.env["account.move"],
            self.env._("Revenue"),
            [
                ("campaign_id", "=", self.campaign_id.id),
                ("move_type", "in", ("out_invoice", "out_refund")),
            ],
        )
