from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import groups


class DealerFactoryRule(models.Model):
    """A rule by which the manufacturer wants its dealers to work (厂家管理规定).

    Whoever works by it confirms to have read and understood it, once for each
    version. What is changed after somebody has confirmed it is a new version.
    """

    _name = "dealer.factory.rule"
    _description = "Manufacturer's Rule"
    _inherit = ["dealer.group.mixin", "dealer.process.mixin"]
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "number"]
    _RECORDED_FIELDS = frozenset({"version"})
    _CONSEQUENCES = ((("name", "number", "text", "document"), "_begin_version"),)

    # what
    name = fields.Char("Title", required=True)
    number = fields.Char("Their Number", help="The number the manufacturer gave it.")
    kind = fields.Selection(
        [
            ("sales", "Sales"),
            ("service", "Service"),
            ("warranty", "Warranty"),
            ("complaint", "Complaints"),
        ],
        required=True,
        default="service",
    )
    text = fields.Text("What It Asks For")
    document = fields.Binary(attachment=True, help="The rule itself, as a PDF.")
    document_name = fields.Char("File Name")
    version = fields.Integer(default=1, readonly=True, copy=False)

    # when, where
    date_from = fields.Date(
        "Valid From",
        required=True,
        default=lambda self: self.env.company._dealer_today(),
    )
    date_to = fields.Date("Valid Until", help="The last day on which it is valid.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self._default_group_company_id(),
        help="Empty: for every shop of the group.",
    )
    active = fields.Boolean(default=True)

    # who
    group_ids = fields.Many2many(
        "res.groups",
        string="Who Must Know It",
        help="Everybody with one of these roles is asked to read it.",
    )
    reading_ids = fields.One2many("dealer.factory.rule.reading", "rule_id", "Read By")
    is_to_read = fields.Boolean(
        "To Read", compute="_compute_is_to_read", search="_search_is_to_read"
    )
    missing_user_ids = fields.Many2many(
        "res.users",
        string="Not Read Yet By",
        compute="_compute_missing",
        groups=groups.MANAGER,
    )
    missing_count = fields.Integer(
        "Not Read Yet", compute="_compute_missing", groups=groups.MANAGER
    )

    _check_days = models.Constraint(
        "CHECK(date_from <= date_to)", "A rule cannot end before it begins."
    )

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("name", "number")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = " ".join(filter(None, (rule.number, rule.name)))

    @api.depends(
        "active", "date_from", "date_to", "group_ids", "reading_ids.is_current"
    )
    @api.depends_context("uid")
    def _compute_is_to_read(self):
        due = self.search([("id", "in", self.ids), ("is_to_read", "=", True)])
        for rule in self:
            rule.is_to_read = rule._origin in due

    @api.model
    def _search_is_to_read(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._dealer_today()
        # a person's own confirmations, also those given in another shop
        read = Domain("user_id", "=", self.env.uid) & Domain("is_current", "=", True)
        due = (
            Domain("active", "=", True)
            & Domain("date_from", "<=", today)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", today))
            & Domain("group_ids", "in", self.env.user._get_group_ids())
            & Domain("reading_ids", "not any!", read)
        )
        return due if True in value else ~due

    @api.depends("group_ids", "company_id", "reading_ids.is_current")
    @api.depends_context("company")
    def _compute_missing(self):
        # who works in the shop is known to its manager
        users = self.env["res.users"].sudo()
        for rule in self:
            company = rule.company_id or self.env.company
            concerned = users.search(
                [
                    ("share", "=", False),
                    ("company_ids", "in", company.ids),
                    ("all_group_ids", "in", rule.group_ids.ids),
                ]
            )
            # also those who confirmed it in another shop
            read = rule.sudo().reading_ids.filtered("is_current")
            rule.missing_user_ids = concerned - read.user_id
            rule.missing_count = len(rule.missing_user_ids)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_read(self):
        # readings of every shop count
        for rule in self.sudo():
            if rule.reading_ids:
                raise UserError(
                    self.env._(
                        "%s was read by people, which is kept. Archive it instead.",
                        rule.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def action_confirm_read(self):
        """The user has read and understood this rule, as it is now.

        :raise UserError: when the user is not asked to, or has done so already
        """
        self.check_access("read")
        for rule in self:
            if not rule.is_to_read:
                raise UserError(
                    self.env._(
                        "“%(rule)s” is not on your list: you have read it already, or "
                        "it is not for your role.",
                        rule=rule.display_name,
                    )
                )
        # nobody but this method records it, and for nobody but the user
        self.env["dealer.factory.rule.reading"].sudo().create(
            [
                {
                    "rule_id": rule.id,
                    "version": rule.version,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                }
                for rule in self
            ]
        )
        self.invalidate_recordset(["is_to_read"])
        return True

    def _begin_version(self, change):
        """Whoever has confirmed what it said before is asked again."""
        # whoever may change the rule asks again, whomever he may see
        for rule in self.sudo():
            if any(rule.reading_ids.mapped("is_current")):
                rule.with_env(self.env)._write_by_method({"version": rule.version + 1})
