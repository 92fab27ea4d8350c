from odoo import api, fields, models

from ...tools.files.messages import doubt_cells
from ...tools.files.sheet import Sheet
from ...tools.phone import phone_key

CONTACT_TIMES = [
    ("morning", "Morning"),
    ("noon", "Noon"),
    ("afternoon", "Afternoon"),
    ("evening", "Evening"),
    ("weekend", "Weekend"),
]
CONTACT_CHANNELS = [
    ("phone", "Phone"),
    ("sms", "Text Message"),
    ("wechat", "WeChat"),
    ("email", "Email"),
]


class ResPartner(models.Model):
    """A customer: the cars, the visits, the habits (性格与行为习惯)."""

    _name = "res.partner"
    _inherit = "res.partner"

    # cars and visits
    vehicle_ids = fields.One2many(
        "fleet.vehicle",
        "owner_id",
        "Cars",
        domain=[("is_customer_vehicle", "=", True)],
    )
    vehicle_count = fields.Integer("Number of Cars", compute="_compute_vehicle_count")
    reception_count = fields.Integer(
        "Number of Visits", compute="_compute_reception_count"
    )

    # habits
    # written about the customer, not for the customer: hidden from the portal
    preferred_contact_time = fields.Selection(
        CONTACT_TIMES, "Best Time to Call", groups="base.group_user"
    )
    preferred_channel = fields.Selection(CONTACT_CHANNELS, groups="base.group_user")
    drink = fields.Char(
        "Favourite Drink",
        groups="base.group_user",
        help="Offered to the customer without asking.",
    )
    habits = fields.Text(
        groups="base.group_user",
        help="How this customer likes to be treated: what to mention, what to avoid.",
    )

    # phone
    phone_key = fields.Char(
        compute="_compute_phone_key",
        store=True,
        help="The phone number in its international form (E.164), for searching.",
    )
    is_phone_wrong = fields.Boolean(
        "Wrong Number",
        compute="_compute_is_phone_wrong",
        store=True,
        readonly=False,
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="This number does not reach the customer. Cleared when a new number is "
        "entered.",
    )

    # not partial: PostgreSQL keeps no statistics it could use of partial ones
    _phone_key_idx = models.Index("(phone_key text_pattern_ops)")
    _phone_end_idx = models.Index("(reverse(phone_key) text_pattern_ops)")

    # ------------------------------------------------------------------
    # COMPUTES
    # ------------------------------------------------------------------

    @api.depends("vehicle_ids")
    def _compute_vehicle_count(self):
        counts = self._count_by_partner("fleet.vehicle", ["owner_id", "contact_id"])
        for partner in self:
            partner.vehicle_count = len(counts.get(partner.id, ()))

    @api.depends_context("allowed_company_ids")
    def _compute_reception_count(self):
        counts = self._count_by_partner(
            "dealer.reception", ["partner_id", "contact_id"]
        )
        for partner in self:
            partner.reception_count = len(counts.get(partner.id, ()))

    def _count_by_partner(self, model, links):
        """Ids of the records of ``model`` that name each partner in one of ``links``.

        :return: dict of sets by partner id; empty where the user may not read them
        """
        found = {}
        if not self.env[model].has_access("read"):
            return found
        for link in links:
            groups = self.env[model]._read_group(
                [(link, "in", self.ids)], [link], ["id:array_agg"]
            )
            for partner, record_ids in groups:
                found.setdefault(partner.id, set()).update(record_ids)
        return found

    @api.depends("phone", "country_id")
    def _compute_phone_key(self):
        for partner in self:
            partner.phone_key = partner._phone_to_key(partner.phone)

    @api.depends("phone")
    def _compute_is_phone_wrong(self):
        self.is_phone_wrong = False

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _asset_difference_search(self, account_type, operator, operand):
        """What a customer owes is not found out by who may not read it."""
        name = "credit" if account_type == "asset_receivable" else "debit"
        self._check_field_access(self._fields[name], "read")
        return super()._asset_difference_search(account_type, operator, operand)

    def _phone_to_key(self, phone):
        """``phone`` in its one international form, E.164.

        A number without a country code belongs to the country of the partner, else of
        the company, else to China. What is not a phone number keeps its digits, so
        that it can still be found.

        :return: ``"+8613805531234"``, or ``False`` without any digit
        """
        region = self[:1].country_id.code or self.env.company.country_id.code or "CN"
        return phone_key(phone, region) or False

    @api.model
    def _is_whole_phone(self, phone):
        return (self._phone_to_key(phone) or "").startswith("+")

    @api.model
    def load(self, fields, data):
        """See ``base``; numbers that reach nobody are pointed out, and who is on
        record comes no second time."""
        if not self.env.context.get("dealer_customers"):
            return super().load(fields, data)
        checks = {"phone": self._doubt_about_phone}
        doubt_cells(Sheet.of(self.env), fields, data, checks)
        customers, fields, data = self._with_known(fields, data)
        return super(ResPartner, customers).load(fields, data)

    @api.model
    def _doubt_about_phone(self, row, phone):
        """What an import says of a number that reaches nobody."""
        return not self._is_whole_phone(phone) and self.env._(
            "Row %(row)s: “%(value)s” is no complete phone number.",
            row=row,
            value=phone,
        )

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_view_vehicles(self):
        """The cars this customer owns or brings."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.fleet_vehicle_action_customer"
        )
        action["domain"] = [
            ("is_customer_vehicle", "=", True),
            "|",
            ("owner_id", "child_of", self.id),
            ("contact_id", "child_of", self.id),
        ]
        action["context"] = {
            "default_is_customer_vehicle": True,
            "default_owner_id": self.id,
        }
        return action

    def action_view_receptions(self):
        """The visits this customer paid for or came to."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_reception_action_all"
        )
        action["domain"] = [
            "|",
            ("partner_id", "child_of", self.id),
            ("contact_id", "child_of", self.id),
        ]
        action["context"] = {"default_partner_id": self.id}
        return action

    @api.model
    def get_import_templates(self):
        """The customers' template where customers are imported, else Odoo's own."""
        if not self.env.context.get("dealer_customers"):
            return super().get_import_templates()
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Customers"),
                "template": f"/dealer_service/static/xls/customers_{language}.xlsx",
            }
        ]
