from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.actions import open_form


class DealerGroupMixin(models.AbstractModel):
    """Rows that belong to one shop, or to all shops of the group.

    A row without a company belongs to the group, and so does every row of a model
    that knows no company. The shops read it and work by it; only the group role writes
    it. A shop that wants it otherwise copies the row: its own row goes first. See
    decision 0017.
    """

    _name = "dealer.group.mixin"
    _description = "Record of a Shop or of the Group"

    is_of_group = fields.Boolean(
        "All Shops",
        compute="_compute_is_of_group",
        help="Belongs to all shops of the group; a single shop can only make its "
        "own copy.",
    )
    # hides the buttons that would be refused
    may_change = fields.Boolean("May Be Changed", compute="_compute_may_change")

    def _compute_is_of_group(self):
        is_group = self.env["res.company"]._dealer_is_group()
        shared = self._of_the_group() if is_group else self.browse()
        for row in self:
            row.is_of_group = row in shared

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_change(self):
        allowed = self._filtered_access("write")
        for row in self:
            row.may_change = row in allowed

    # ------------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------------

    def _check_access(self, operation):
        refusal = super()._check_access(operation)
        if refusal or operation not in self._group_operations():
            return refusal
        # whose row it is decides, also where its company cannot be read
        rows = self.sudo()._of_the_group().with_env(self.env)
        if rows and not self.env.user._dealer_keeps_group():
            return rows, rows._group_error
        return None

    @api.model
    def _group_operations(self):
        """What only the group role does with rows of the group. Hook."""
        return ("create", "write", "unlink")

    def _of_the_group(self):
        """Those of these rows that belong to all shops."""
        if "company_id" not in self._fields:
            return self
        return self.filtered(lambda row: not row.company_id)

    def _group_error(self):
        # whoever may read them is told their names, also where a parent is hidden
        names = ", ".join(self.sudo()[:3].mapped("display_name"))
        if self._can_be_a_shops():
            return AccessError(
                self.env._(
                    "%(rows)s: this belongs to all shops of the group. Only someone "
                    "with the role “Group Management” may change it; copy it for your "
                    "shop and change the copy.",
                    rows=names,
                )
            )
        return AccessError(
            self.env._(
                "%(rows)s: this applies to every shop of the group. Ask someone with "
                "the role “Group Management” to change it.",
                rows=names,
            )
        )

    @api.model
    def _can_be_a_shops(self):
        """Whether a shop may have a row of its own."""
        company = self._fields.get("company_id")
        return bool(company) and not company.related

    @api.model
    def _default_group_company_id(self):
        """Whoever does not keep the rows of the group enters those of the shop."""
        if self.env.su or self.env.user._dealer_keeps_group():
            return self.env["res.company"]
        return self.env.company

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        """A row may be given away only to where the user may write it."""
        result = super().write(vals)
        if self._moves_to_other_owner(vals):
            self.check_access("write")
        return result

    @api.model
    def _moves_to_other_owner(self, vals):
        """Whether these values may make the rows another shop's."""
        company = self._fields.get("company_id")
        if not company:
            return False
        owner = company.related.split(".")[0] if company.related else "company_id"
        return owner in vals

    # ------------------------------------------------------------------
    # THE ROW OF A SHOP
    # ------------------------------------------------------------------

    def action_copy_for_shop(self):
        """A copy of this row of the group, by which the current shop goes from now on.

        :raise UserError: for a row that belongs to a shop already, or never can
        """
        self.ensure_one()
        self.check_access("read")
        if not self._can_be_a_shops():
            raise UserError(
                self.env._(
                    "%(row)s applies to every shop of the group and cannot be "
                    "copied for a single shop. Ask someone with the role “Group "
                    "Management” to change it.",
                    row=self.display_name,
                )
            )
        if self.company_id:
            raise UserError(
                self.env._(
                    "%(company)s already has its own copy, %(row)s. Change that one.",
                    row=self.display_name,
                    company=self.company_id.name,
                )
            )
        own = self._copy_for_shop(self.env.company)
        return open_form(own)

    def _copy_for_shop(self, company):
        """The copy itself. Hook: others take along what belongs to it."""
        return self.copy({"company_id": company.id})
