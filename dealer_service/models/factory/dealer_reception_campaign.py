from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import groups
from ...tools.actions import open_form


class SaleOrder(models.Model):
    """An order by which a campaign is carried out."""

    _name = "sale.order"
    _inherit = "sale.order"

    dealer_campaign_car_ids = fields.One2many(
        "dealer.factory.campaign.car",
        "order_id",
        "Recall or Campaign",
        readonly=True,
        copy=False,
        groups=groups.ADVISOR,
    )


class DealerReception(models.Model):
    """What the manufacturer wants done is offered at the visit, and done by it."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    campaign_notice = fields.Char(related="vehicle_id.campaign_notice")

    def action_add_campaigns(self):
        """An order for each open recall or campaign of the car, which the manufacturer
        pays.

        :raise UserError: for a visit whose work is over, when nothing is open, and
            when all of it has its order
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open_to_work()
        rows = self.vehicle_id.with_company(self.company_id)._open_campaigns()
        if not rows:
            raise UserError(
                self.env._("There is no open recall or campaign for this car.")
            )
        # the process says which order is for which; the lists are the manufacturer's
        rows = rows.sudo()
        living = self._living_orders()
        new = rows.filtered(lambda row: row.order_id not in living)
        if not new:
            raise UserError(self.env._("Each of them has its order in this visit."))
        orders = self.env["sale.order"]
        for row in new:
            orders |= self._create_campaign_order(row)
        return open_form(orders[0], view="dealer_service.sale_order_view_form_dealer")

    def _create_campaign_order(self, row):
        campaign = row.campaign_id
        order = self._create_order(
            dealer_payer="warranty", dealer_reason=campaign.text or campaign.name
        )
        row._write_by_method({"order_id": order.id})
        if campaign.package_id:
            order.sale_order_template_id = campaign.package_id.id
            order._onchange_sale_order_template_id()
        return order

    def _finish_campaigns(self):
        """What was agreed to and not left out is done."""
        for visit in self:
            # the process records it, whose lists they are
            for order in visit.sudo()._living_orders():
                if order.dealer_payer != "warranty":
                    continue
                rows = order.dealer_campaign_car_ids
                rows = rows.filtered(lambda row: row.state == "open")
                is_done = order.state == "sale" and any(
                    line._is_consented() for line in order.order_line
                )
                if rows and is_done:
                    rows._finish(visit)

    def _settle_left(self, billed=None):
        """Who drives away may have had something done before."""
        result = super()._settle_left(billed)
        self._finish_campaigns()
        served = self.filtered(
            lambda visit: any(order.state == "sale" for order in visit._living_orders())
        )
        served._enter_health_records()
        return result
