from odoo import api, fields, models

from ...tools.actions import open_form


class DealerCaller(models.TransientModel):
    """The page of who is on the phone: which cars, and what is going on."""

    _name = "dealer.caller"
    _description = "Caller"
    _inherit = "dealer.dialog.mixin"
    _rec_name = "call_id"

    call_id = fields.Many2one(
        "dealer.call.record", "Phone Call", required=True, readonly=True
    )
    number = fields.Char(related="call_id.number")
    date_start = fields.Datetime(related="call_id.date_start")
    proposal_ids = fields.Many2many(related="call_id.proposal_ids")
    partner_id = fields.Many2one("res.partner", "Customer")
    cars = fields.Html(compute="_compute_matters", sanitize=False)
    matters = fields.Html(compute="_compute_matters", sanitize=False)
    may_book = fields.Boolean(compute="_compute_may")
    may_write_down = fields.Boolean(compute="_compute_may")

    @api.depends("partner_id", "call_id")
    def _compute_matters(self):
        render = self.env["ir.qweb"]._render
        for page in self:
            page.cars = page.matters = False
            partner = page.partner_id._origin
            if partner:
                # which cars somebody has is told whoever may read the cars
                cars = partner.sudo().vehicle_ids
                page.cars = render("dealer_service.caller_cars", {"cars": cars})
                page.matters = render(
                    "dealer_service.caller_matters",
                    {"matters": page._readable_matters(partner)},
                )

    def _readable_matters(self, partner):
        """What whoever has the page may open; of the rest not a word."""
        if not self.call_id:
            return []
        matters = []
        for heading, lines in self.call_id._open_matters(partner):
            mine = [
                (record, words)
                for record, words in lines
                if record.with_env(self.env).has_access("read")
            ]
            if mine:
                matters.append((heading, mine))
        return matters

    @api.depends("call_id")
    def _compute_may(self):
        for page in self:
            page.may_book = self.env["dealer.booking"].has_access("create")
            page.may_write_down = self.env["res.partner"].has_access("create")

    def action_open_customer(self):
        """The card of who calls."""
        self.ensure_one()
        self.partner_id.check_access("read")
        return open_form(self.partner_id)

    def action_new_customer(self):
        """Write down who calls from an unknown number."""
        self.ensure_one()
        self.check_access("read")
        partners = self.env["res.partner"].browse()
        partners.check_access("create")
        return open_form(
            partners,
            self.env._("New Customer"),
            context={"default_phone": self.number, "default_is_company": False},
        )

    def action_book(self):
        """Book a slot for who calls."""
        self.ensure_one()
        self.check_access("read")
        self.env["dealer.booking"].check_access("create")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dealer_service.dealer_booking_action"
        )
        cars = self.partner_id.vehicle_ids
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_vehicle_id": cars.id if len(cars) == 1 else False,
        }
        return action
