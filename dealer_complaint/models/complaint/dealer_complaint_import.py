from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dealer_service.tools.files.messages import doubt_cells, told_once
from odoo.addons.dealer_service.tools.files.sheet import Sheet
from odoo.addons.dealer_service.tools.text_key import tidy_name

#: An object of this process: no remote caller can put it into a context and so keep
#: a customer from getting the receipt.
OF_THE_PAST = object()
#: Columns of an import file that name a record instead of being one.
IMPORT_NAMES = ("brand_name", "model_name", "customer_name", "customer_phone")
#: How far a complaint is, in the words of the consumer site 12365auto.
SITE_STATES = {
    "信息审核": "new",
    "厂家受理": "investigating",
    "处理反馈": "resolved",
    "用户评分": "closed",
}


class DealerComplaint(models.Model):
    """Complaints from a file, such as the list of a consumer site.

    Brand and model become a car model, fault codes a category; who complained is often
    not told. The clocks run from the day of the row, and what was finished there never
    escalates here.
    """

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    source_reference = fields.Char(
        "Source Number",
        copy=False,
        help="Each source number can be imported only once.",
    )
    fault_codes = fields.Char(help="As written by the source.")
    other_category_ids = fields.Many2many(
        "dealer.complaint.category",
        string="Other Categories",
        compute="_compute_other_category_ids",
        help="Other categories named by the codes. The most serious one is the main "
        "category.",
    )
    source_status = fields.Char(
        "Status at the Source", copy=False, help="As worded by the source."
    )
    date_imported = fields.Datetime(
        "Imported On",
        copy=False,
        readonly=True,
        help="Time limits that had passed by then are recorded, and nobody is told.",
    )
    brand_name = fields.Char(compute="_compute_names", inverse="_inverse_names")
    model_name = fields.Char(compute="_compute_names", inverse="_inverse_names")
    customer_name = fields.Char(compute="_compute_names", inverse="_inverse_names")
    customer_phone = fields.Char(compute="_compute_names", inverse="_inverse_names")

    _reference_uniq = models.UniqueIndex(
        "(company_id, source, source_reference) WHERE source_reference IS NOT NULL",
        "A complaint with this source number is already on record.",
    )

    @api.depends("model_id.brand_id.name", "model_id.name", "partner_id")
    def _compute_names(self):
        for complaint in self:
            complaint.brand_name = complaint.model_id.brand_id.name
            complaint.model_name = complaint.model_id.name
            complaint.customer_name = complaint.partner_id.name
            complaint.customer_phone = complaint.partner_id.phone

    @api.depends("fault_codes", "category_id")
    def _compute_other_category_ids(self):
        codes = self.env["dealer.complaint.fault.code"]
        known = codes._categories_of(set(filter(None, self.mapped("fault_codes"))))
        for complaint in self:
            found = known.get(complaint.fault_codes, ())
            complaint.other_category_ids = (
                self.env["dealer.complaint.category"].browse(found)
                - complaint.category_id
            )

    def _inverse_names(self):
        """Nothing is left to do: the names of a new complaint are resolved."""

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def _complete_import(self, vals_list):
        vals_list[:] = self._resolve_names(vals_list)

    @api.model
    def _mark_import(self, vals_list):
        """What was late before we knew of it keeps nobody busy."""
        context = self.env.context
        of_the_past = context.get("dealer_complaint_of_the_past") is OF_THE_PAST
        if of_the_past and context.get("import_file"):
            now = fields.Datetime.now()
            for vals in vals_list:
                vals["date_imported"] = now

    def _was_imported_after(self, moment):
        """Whether this complaint was not here yet at ``moment`` (UTC)."""
        self.ensure_one()
        return bool(self.date_imported and moment <= self.date_imported)

    def write(self, vals):
        return super().write({k: v for k, v in vals.items() if k not in IMPORT_NAMES})

    @api.model
    def load(self, fields, data):
        """Report every refused row once, on its own line, and tell no chatter."""
        desk = self.with_context(
            import_file=True,
            tracking_disable=True,
            dealer_complaint_of_the_past=OF_THE_PAST,
        )
        checks = {"customer_phone": self.env["res.partner"]._doubt_about_phone}
        doubt_cells(Sheet.of(self.env), fields, data, checks)
        return told_once(super(DealerComplaint, desk).load(fields, data))

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Complaints"),
                "template": f"/dealer_complaint/static/xls/complaints_{language}.xlsx",
            }
        ]

    # ------------------------------------------------------------------
    # NAMES
    # ------------------------------------------------------------------

    @api.model
    def _resolve_names(self, vals_list):
        """Replace names and codes in ``vals_list`` by the records they mean.

        :raise ValidationError: for a brand without a model, or an unknown status
        """
        codes = {vals["fault_codes"] for vals in vals_list if vals.get("fault_codes")}
        categories = (
            self.env["dealer.complaint.fault.code"]._categories_of(codes)
            if codes
            else {}
        )
        named = any(name in vals for vals in vals_list for name in IMPORT_NAMES)
        if not named and not any(vals.get("source_status") for vals in vals_list):
            for vals in vals_list:
                self._fill_category(vals, categories)
            return vals_list
        resolved = [
            {name: value for name, value in vals.items() if name not in IMPORT_NAMES}
            for vals in vals_list
        ]
        names = [
            {name: (vals.get(name) or "").strip() for name in IMPORT_NAMES}
            for vals in vals_list
        ]
        # a car model or a customer that a complaint names is entered with it, also by
        # those who look after neither cars nor customers otherwise
        Vehicle = self.env["fleet.vehicle"].sudo()
        models_found = Vehicle._find_or_create_models(
            [
                (row["brand_name"], row["model_name"])
                for row in names
                if row["brand_name"] or row["model_name"]
            ]
        )
        partners = Vehicle._find_or_create_owners(
            [(tidy_name(row["customer_name"]), row["customer_phone"]) for row in names]
        )
        unknown = self._unknown_partner().id
        for vals, row, partner in zip(resolved, names, partners, strict=True):
            model = models_found.get((row["brand_name"], row["model_name"]))
            self._fill(vals, "model_id", model and model.id)
            self._fill(vals, "partner_id", partner.id or unknown)
            self._fill_category(vals, categories)
            self._fill(vals, "state", self._state_of(vals.get("source_status")))
            if vals.get("source_reference"):
                self._fill(vals, "source", "12365auto")
            self._fill(vals, "user_id", False)
        return resolved

    @staticmethod
    def _fill(vals, name, value):
        """Set what the file does not say itself."""
        if value is not None and not vals.get(name):
            vals[name] = value

    def _fill_category(self, vals, categories):
        """The gravest category of the codes leads."""
        found = categories.get(vals.get("fault_codes"))
        if found:
            self._fill(vals, "category_id", found[0])

    @api.model
    def _state_of(self, status):
        """The state that a status of the source, or the label of a state, means."""
        status = (status or "").strip()
        if not status:
            return None
        labels = {
            label: state
            for state, label in self._fields["state"]._description_selection(self.env)
        }
        state = SITE_STATES.get(status) or labels.get(status)
        if not state:
            raise ValidationError(
                self.env._(
                    "“%(status)s” is not a known status. Known statuses: %(known)s.",
                    status=status,
                    known=", ".join([*SITE_STATES, *labels]),
                )
            )
        return state

    @api.model
    def _unknown_partner(self):
        """Stands for everybody whose name the source does not tell."""
        # asked for each complaint of a batch: the database is not
        known = self.env["ir.model.data"]._xmlid_to_res_id(
            "dealer_complaint.partner_unknown", raise_if_not_found=True
        )
        return self.env["res.partner"].browse(known)
