from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.call_script import is_harmless
from ...tools.free_code import copy_code

_SAME_SCRIPT = object()

PURPOSES = [
    ("service", "Service"),
    ("satisfaction", "Satisfaction"),
    ("marketing", "Marketing"),
    ("greeting", "Greeting"),
]
CHANNELS = [
    ("call", "Phone Call"),
    ("sms", "Text Message"),
    ("wechat", "WeChat"),
    ("email", "Email"),
    ("letter", "Letter"),
]
#: What can cause a follow-up. Each has its query in dealer_care_source*.py.
SOURCES = [
    ("sale", "Delivery of a New Car"),
    ("visit", "Visit"),
    ("left", "Left Early"),
    ("next_service", "Next Service"),
    ("insurance", "Insurance Expiry"),
    ("inspection", "Inspection Expiry"),
    ("warranty_end", "End of Warranty"),
    ("birthday", "Birthday"),
    ("car_birthday", "Birthday of the Car"),
    ("festival", "Festival"),
    ("inactive", "No Visit Since"),
    ("declined_work", "Declined Work"),
    ("campaign", "Recall or Campaign"),
    ("manual", "By Hand or Round"),
]


#: Causes whose call invites to a visit.
INVITING_SOURCES = (
    "left",
    "next_service",
    "inactive",
    "declined_work",
    "campaign",
    "inspection",
    "warranty_end",
)
#: Causes that come again every year; the third part of their key names the year.
YEARLY_SOURCES = ("birthday", "car_birthday", "festival")
#: Causes of a person, whose cars only decide whether they are meant.
PERSONAL_SOURCES = ("birthday", "festival")


class DealerCareRule(models.Model):
    """When a customer is called, why, by whom and with which words."""

    _name = "dealer.care.rule"
    _description = "Care Rule"
    _inherit = [
        "dealer.group.mixin",
        "dealer.recorded.mixin",
        "mail.render.mixin",
        "dealer.filter.mixin",
    ]
    _RECORDED_FIELDS = frozenset(
        {"round_number", "round_date", "last_run", "last_count", "last_error"}
    )
    _order = "sequence, id"
    _check_company_auto = True
    # scripts are written by managers; callers only have them filled in
    _unrestricted_rendering = True

    # identity
    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False)
    sequence = fields.Integer(
        default=50,
        help="Lower numbers are called first. Promised calls come before all others.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        default=lambda self: self._default_group_company_id(),
        help="Empty: all shops.",
    )
    purpose = fields.Selection(PURPOSES, required=True, default="service")

    # cause and days
    source = fields.Selection(SOURCES, "Cause", required=True, default="visit")
    service_cycle = fields.Selection(
        [("first", "First Service"), ("regular", "Later Services"), ("any", "Any")],
        required=True,
        default="any",
    )
    is_safety_only = fields.Boolean("Safety Only", default=True)
    offset_months = fields.Integer("Months After", help="Negative: before the cause.")
    offset_days = fields.Integer("Days After", help="Negative: before the cause.")
    window_days = fields.Integer(
        "Planned Ahead (days)",
        help="How many days before the due date a call is put on the list.",
    )
    expire_days = fields.Integer(
        "Valid For (days)",
        default=14,
        help="Days after the due date during which the call is still made. After "
        "that, it expires.",
    )
    start_date = fields.Date(
        "Not Before", help="Follow-ups due before this date are not called."
    )
    avoid_closed_days = fields.Boolean(
        "Open Days Only",
        default=True,
        help="Moved to the next day on which the shop is open.",
    )
    vehicle_domain = fields.Char("Cars", default="[]")
    sampling_percent = fields.Integer(
        "Sample (%)",
        default=100,
        help="Drawn at random, so that nobody chooses whom to ask.",
    )

    # how
    channel = fields.Selection(CHANNELS, required=True, default="call")
    unreached_channel = fields.Selection(
        CHANNELS,
        "If Not Reached",
        help="What is sent after the last attempt. Empty: the follow-up ends.",
    )
    max_attempts = fields.Integer(
        "Days Not Reached", default=5, help="Number of days on which nobody answered."
    )
    retry_minutes = fields.Integer(
        "Retry After (min)", help="0: use the waiting time of the call result."
    )
    script = fields.Html(
        translate=True,
        render_engine="qweb",
        render_options={"post_process": False},
        sanitize="email_outgoing",
        help="Fill in facts with <t t-out='object.contact_name'/>: the follow-up is"
        " called object.",
    )
    survey_id = fields.Many2one(
        "survey.survey", index="btree_not_null", ondelete="restrict"
    )

    # who
    assignment = fields.Selection(
        [
            ("pool", "Any Caller"),
            ("advisor", "Last Advisor"),
            ("seller", "Seller of the Car"),
            ("round_robin", "Round Robin"),
            ("least_loaded", "Least Loaded"),
        ],
        required=True,
        default="pool",
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Callers",
        domain="[('share', '=', False)]",
        help="Empty: all callers of the shop.",
    )

    # what keeps from calling
    suppress_complaint = fields.Boolean(
        "During a Complaint",
        compute="_compute_suppressors",
        store=True,
        readonly=False,
        precompute=True,
    )
    suppress_in_house = fields.Boolean(
        "Car in the Workshop",
        compute="_compute_suppressors",
        store=True,
        readonly=False,
        precompute=True,
    )
    suppress_booked = fields.Boolean(
        "Visit Booked",
        compute="_compute_suppressors",
        store=True,
        readonly=False,
        precompute=True,
    )
    suppress_recent_days = fields.Integer(
        "Reached Within (days)",
        help="0: the number may be called no matter how recently it was reached.",
    )
    converts_on_visit = fields.Boolean(
        "Done by a Visit",
        compute="_compute_converts_on_visit",
        store=True,
        readonly=False,
        precompute=True,
        help="If the customer comes without being called, the follow-up is done.",
    )

    # rounds of a rule by hand
    round_number = fields.Integer(readonly=True, copy=False)
    round_date = fields.Date(readonly=True, copy=False)

    # how the last run went
    last_run = fields.Datetime(readonly=True, copy=False)
    last_count = fields.Integer("Created Last", readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    open_count = fields.Integer("Open Follow-ups", compute="_compute_open_count")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "Another rule already has this code."
    )
    _check_days = models.Constraint(
        "CHECK(window_days >= 0 AND expire_days >= 0)",
        "The planning time and the validity cannot be negative.",
    )
    _check_sampling = models.Constraint(
        "CHECK(sampling_percent BETWEEN 0 AND 100)",
        "The sample must be a percentage between 0 and 100.",
    )
    _check_attempts = models.Constraint(
        "CHECK(max_attempts > 0 AND retry_minutes >= 0)",
        "A rule needs at least one day of attempts, and waiting times cannot be "
        "negative.",
    )

    # ------------------------------------------------------------------
    # COMPUTES AND CONSTRAINTS
    # ------------------------------------------------------------------

    def _compute_render_model(self):
        self.render_model = "dealer.followup"

    @api.depends("source", "purpose")
    def _compute_suppressors(self):
        for rule in self:
            quiet = rule.purpose in ("marketing", "satisfaction")
            rule.suppress_complaint = quiet
            # who is here is spoken to here, whatever it is about
            rule.suppress_in_house = True
            # nobody invites who is coming
            rule.suppress_booked = quiet or rule.source in INVITING_SOURCES

    @api.depends("source", "purpose")
    def _compute_converts_on_visit(self):
        for rule in self:
            rule.converts_on_visit = rule.source in INVITING_SOURCES or (
                rule.source == "manual" and rule.purpose == "marketing"
            )

    def _compute_open_count(self):
        counts = dict(
            self.env["dealer.followup"]._read_group(
                [("rule_id", "in", self.ids), ("state", "in", ("todo", "waiting"))],
                ["rule_id"],
                ["__count"],
            )
        )
        for rule in self:
            rule.open_count = counts.get(rule._origin, 0)

    @api.constrains("vehicle_domain")
    def _check_vehicle_domain(self):
        self._check_stored_filter("vehicle_domain", "fleet.vehicle")

    def _vehicle_domain(self):
        self.ensure_one()
        return self._stored_filter(
            self.vehicle_domain, "fleet.vehicle", self.company_id
        )

    def _vehicle_condition(self):
        """The cars ``v`` the rule is meant for. Hook: others add conditions."""
        domain = self._vehicle_domain()
        if domain.is_true():
            return SQL("TRUE")
        cars = self.env["fleet.vehicle"].with_context(active_test=False)
        return SQL("v.id IN %s", cars._search(domain).subselect())

    def copy_data(self, default=None):
        """A copy calls nobody twice: it starts today, once somebody activates it."""
        # rules of every shop, archived ones too
        rules = self.sudo().with_context(active_test=False)
        taken = set(rules.search([("code", "like", "_copy")]).mapped("code"))
        return [
            {
                **vals,
                "active": False,
                "start_date": fields.Date.context_today(self),
                "name": self.env._("%s (copy)", rule.name),
                "code": copy_code(rule.code, taken),
                **(default or {}),
            }
            for rule, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # tasks of every company count, whoever asks
        tasks = self.env["dealer.followup"].sudo()
        if tasks.search_count([("rule_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A rule that has been used cannot be deleted. Archive it instead."
                )
            )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_view_followups(self):
        """The follow-ups this rule has made."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_followup.dealer_followup_action"
        )
        action["domain"] = [("rule_id", "=", self.id)]
        action["context"] = {"search_default_open": 1}
        return action

    def action_start_round(self):
        """Call all chosen cars once: a recall, a season. Run by the next "now".

        :raise UserError: for a rule that has a cause of its own
        """
        for rule in self:
            if rule.source != "manual":
                raise UserError(
                    self.env._(
                        "%(rule)s is triggered by a cause; only manual rules can be "
                        "called in rounds.",
                        rule=rule.name,
                    )
                )
            rule._write_by_method(
                {
                    "round_number": rule.round_number + 1,
                    "round_date": fields.Date.context_today(rule),
                }
            )
        return self.action_run()

    def action_run(self):
        """Do now what the night would do."""
        self.check_access("write")
        # creates tasks for every caller and company of the rules
        count = self.sudo()._run()
        failed = self.filtered("last_error")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if failed else "success",
                "message": self.env._("Failed: %s", ", ".join(failed.mapped("name")))
                if failed
                else self.env._("%s new follow-ups.", count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _is_necessary(self):
        """Recall, complaint, appointment: no opt-out stops these calls."""
        self.ensure_one()
        return self.purpose == "service" and self.source == "manual"

    def write(self, vals):
        # Odoo asks for its group “Mail Template Editor” whenever a record with a
        # template is written, whatever is written on it
        rules = self
        if not {"script", "lang"} & set(vals):
            rules = self.with_context(dealer_same_script=_SAME_SCRIPT)
        return super(DealerCareRule, rules).write(vals)

    def _check_access_right_dynamic_template(self):
        """Managers write scripts that name facts; only template editors write code.

        :raise AccessError: for code by somebody who may not write templates
        """
        if self.env.context.get("dealer_same_script") is _SAME_SCRIPT:
            return None
        coded = self.filtered(lambda rule: rule.lang or not is_harmless(rule.script))
        return super(DealerCareRule, coded)._check_access_right_dynamic_template()
