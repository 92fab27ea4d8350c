from odoo import api, models

#: Standards that the record itself shows to be done, and what shows it.
KNOWN_BY = {
    "dealer_service.dealer_service_standard_own_words": "_knows_own_words",
    "dealer_service.dealer_service_standard_supplement_consent": "_knows_consent",
    "dealer_service.dealer_service_standard_three_levels": "_knows_three_levels",
}


class DealerReception(models.Model):
    """Standards that nobody has to tick: the system sees them done."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    def _tick_known(self, _cause=None):
        """Tick the open standards that are seen to be done."""
        to_res_id = self.env["ir.model.data"]._xmlid_to_res_id
        # the standards are data of the shop, it may have deleted them
        known = {to_res_id(name): fact for name, fact in KNOWN_BY.items()}
        # the record shows it, whichever part of it the user may see
        for visit in self.sudo():
            visit.check_ids.filtered(
                lambda check, visit=visit: (
                    not check.is_done
                    and not check.is_lapse
                    and check.standard_id.id in known
                    and getattr(visit, known[check.standard_id.id])()
                )
            ).action_done()

    def _knows_own_words(self):
        return any((concern.name or "").strip() for concern in self.concern_ids)

    def _knows_consent(self):
        offered = self.order_ids.filtered(lambda o: o.dealer_kind == "supplement")
        return bool(offered) and set(offered.mapped("state")) <= {"sale", "cancel"}

    def _knows_three_levels(self):
        return not self._next_quality_level()


class DealerReceptionConcern(models.Model):
    """A concern in the customer's words is what a standard asks for."""

    _name = "dealer.reception.concern"
    _inherit = "dealer.reception.concern"

    @api.model_create_multi
    def create(self, vals_list):
        concerns = super().create(vals_list)
        concerns.reception_id._tick_known()
        return concerns
