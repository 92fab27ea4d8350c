from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.arguments import DAY, RECORD, TEXT, arguments
from odoo.addons.dealer_service.tools.work_time import clock_hours

from ..models.activity.dealer_activity_states import KINDS
from ..tools.care_days import days_until

ENTRY_KINDS = [
    ("activity", "Activities"),
    ("calls", "Calls to Make"),
    ("to_come", "Calls to Come"),
    ("callers", "Callers There"),
    ("service", "Services Expected"),
]


class DealerCareCalendar(models.Model):
    """What is to come, by day: activities, calls of each rule, services expected, and
    the hours of those who call.

    A row a day and rule, added up by the database for the days that are shown only: a
    condition on the day reaches the index of each part.
    """

    _name = "dealer.care.calendar"
    _description = "Care Calendar"
    _auto = False
    _order = "date_start, kind, id"
    _rec_name = "name"
    _rec_names_search = ["rule_id", "activity_id"]

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection(ENTRY_KINDS, readonly=True)
    date_start = fields.Date("Day", readonly=True)
    date_stop = fields.Date("Until", readonly=True)
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        readonly=True,
        help="Empty: cars serviced by several shops.",
    )
    rule_id = fields.Many2one("dealer.care.rule", readonly=True)
    activity_id = fields.Many2one("dealer.activity", readonly=True)
    activity_kind = fields.Selection(KINDS, readonly=True)
    quantity = fields.Integer(
        readonly=True,
        help="Calls to make or to come, callers there, cars expected, guests expected.",
    )
    hours = fields.Float(
        "Expected Work (h)",
        readonly=True,
        help="Number of calls times the shop's minutes per call; of the callers, the "
        "hours in which customers may be called. Services are workshop work and are "
        "not counted here.",
    )

    @property
    def _table_query(self):
        # ids: day, rule and shop in one number that the browser can still count to
        return SQL(
            """
            SELECT ((f.due_date - DATE '2000-01-01')::bigint * 20000 + f.rule_id)
                    * 8000 + f.company_id * 8 + 1 AS id,
                'calls' AS kind, f.due_date AS date_start, f.due_date AS date_stop,
                f.company_id, f.rule_id, NULL::int AS activity_id,
                NULL::varchar AS activity_kind, COUNT(*)::int AS quantity,
                COUNT(*) * c.dealer_minutes_per_call / 60.0 AS hours
            FROM dealer_followup f JOIN res_company c ON c.id = f.company_id
            WHERE f.state IN ('todo', 'waiting') AND f.channel = 'call'
            GROUP BY f.due_date, f.rule_id, f.company_id, c.dealer_minutes_per_call
            UNION ALL
            SELECT ((v.service_due_date - DATE '2000-01-01')::bigint * 20000)
                    * 8000 + COALESCE(v.company_id, 0) * 8 + 2,
                'service', v.service_due_date, v.service_due_date,
                v.company_id, NULL, NULL, NULL, COUNT(*)::int, 0.0
            FROM fleet_vehicle v
            WHERE v.service_due_date IS NOT NULL AND v.active
                AND v.is_customer_vehicle AND v.owner_id IS NOT NULL
            GROUP BY v.service_due_date, v.company_id
            UNION ALL
            SELECT a.id::bigint * 8 + 3, 'activity',
                (a.date_start AT TIME ZONE 'UTC' AT TIME ZONE
                    COALESCE(k.tz, 'UTC'))::date,
                (a.date_end AT TIME ZONE 'UTC' AT TIME ZONE
                    COALESCE(k.tz, 'UTC'))::date,
                a.company_id, NULL, a.id, a.kind,
                (SELECT COALESCE(SUM(i.persons), 0) FROM dealer_activity_invitee i
                    WHERE i.activity_id = a.id
                    AND i.state IN ('coming', 'attended'))::int,
                EXTRACT(EPOCH FROM LEAST(a.date_end - a.date_start,
                    INTERVAL '8 hours')) / 3600.0
            FROM dealer_activity a JOIN res_company c ON c.id = a.company_id
            LEFT JOIN resource_calendar k
                ON k.id = COALESCE(c.dealer_calendar_id, c.resource_calendar_id)
            WHERE a.active AND a.state != 'cancelled'
            UNION ALL
            SELECT ((o.day - DATE '2000-01-01')::bigint * 20000 + o.rule_id)
                    * 8000 + o.company_id * 8 + 4,
                'to_come', o.day, o.day, o.company_id, o.rule_id, NULL, NULL,
                COUNT(*)::int, COUNT(*) * c.dealer_minutes_per_call / 60.0
            FROM (%(outlook)s) o JOIN res_company c ON c.id = o.company_id
            GROUP BY o.day, o.rule_id, o.company_id, c.dealer_minutes_per_call
            UNION ALL
            SELECT ((t.day - DATE '2000-01-01')::bigint * 20000)
                    * 8000 + t.company_id * 8 + 5,
                'callers', t.day, t.day, t.company_id, NULL, NULL, NULL,
                t.quantity, t.hours
            FROM (%(callers)s) t
            """,
            outlook=self._outlook(),
            callers=self._callers(),
        )

    def _outlook(self):
        # callers see what is to come, whichever rules they may read
        rules = self.env["dealer.care.rule"].sudo().search([("active", "=", True)])
        return rules._outlook(self.env.companies)

    def _callers(self):
        rows = [
            SQL("(%s, %s::date, %s, %s::float8)", shop.id, day, *there)
            for shop in self.env.companies
            if shop.dealer_outlook_days
            for day, there in shop._dealer_caller_hours(
                list(days_until(shop._dealer_today(), 0, shop.dealer_outlook_days))
            ).items()
            if there[0]
        ]
        return SQL(
            """SELECT * FROM (VALUES %s) AS there(company_id, day, quantity, hours)
            WHERE company_id IS NOT NULL""",
            SQL(", ").join(
                rows or [SQL("(NULL::int, NULL::date, NULL::int, NULL::float8)")]
            ),
        )

    @api.depends("kind", "quantity", "hours", "rule_id.name", "activity_id.name")
    def _compute_name(self):
        for row in self:
            if row.kind == "activity":
                row.name = row.activity_id.name
            elif row.kind == "calls":
                row.name = self.env._(
                    "%(count)s calls: %(rule)s",
                    count=row.quantity,
                    rule=row.rule_id.name,
                )
            elif row.kind == "to_come":
                row.name = self.env._(
                    "%(count)s calls to come: %(rule)s",
                    count=row.quantity,
                    rule=row.rule_id.name,
                )
            elif row.kind == "callers":
                row.name = self.env._(
                    "%(count)s callers, %(hours)s h",
                    count=row.quantity,
                    hours=clock_hours(row.hours),
                )
            else:
                row.name = self.env._("%s services expected", row.quantity)

    @api.model
    @arguments(kind=TEXT, day=DAY, rule_id=RECORD, activity_id=RECORD)
    def action_open_entry(self, kind, day, rule_id=None, activity_id=None):
        """What stands behind an entry of the calendar.

        Asked by what the entry says, not by its id: a row is found through its day.

        :param str kind: a kind of entries
        :param day: day of the entry (ISO)
        """
        self.check_access("read")
        if kind == "activity":
            return self.env["dealer.activity"].browse(activity_id)._get_records_action()
        day = fields.Date.to_date(day)
        if kind in ("calls", "callers") and day:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_followup.dealer_followup_action"
            )
            action["domain"] = [("due_date", "=", day), ("channel", "=", "call")]
            if kind == "calls":
                action["domain"].append(("rule_id", "=", rule_id))
            action["context"] = {"search_default_open": 1}
            return action
        if kind in ("service", "to_come") and day:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "dealer_service.fleet_vehicle_action_customer"
            )
            action["domain"] = [
                ("service_due_date", "=", day),
                ("is_customer_vehicle", "=", True),
                ("owner_id", "!=", False),
            ]
            if kind == "to_come":
                # see _outlook; the list shows those that the user may see
                rule = self.env["dealer.care.rule"].sudo().browse(rule_id).exists()
                cars = rule._outlook_cars(self.env.companies, day)
                action["domain"] = [("id", "in", cars.ids)]
            return action
        raise UserError(self.env._("There is no such entry in the calendar."))
