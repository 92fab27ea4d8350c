from odoo import api, models

#: Set by the switch in the settings.
PARAMETER = "dealer_service.autocomplete_abroad"


class ResPartner(models.Model):
    """Odoo completes companies by a service abroad, which is sent what is typed.

    Names and tax numbers of customers leave the country only when somebody has chosen
    so (个人信息保护法 art. 38). Everything that asks that service, the screens and the
    new company of the shop alike, asks through these methods.
    """

    _name = "res.partner"
    _inherit = "res.partner"

    @api.model
    def _may_ask_abroad(self):
        # a setting, whoever types the name
        return bool(self.env["ir.config_parameter"].sudo().get_param(PARAMETER))

    @api.model
    def autocomplete_by_name(self, *args, **kwargs):
        """Companies of this name; none, unless the service abroad is chosen."""
        if not self._may_ask_abroad():
            return []
        return super().autocomplete_by_name(*args, **kwargs)

    @api.model
    def autocomplete_by_vat(self, *args, **kwargs):
        """Companies of this tax number; none, unless the service abroad is chosen."""
        if not self._may_ask_abroad():
            return []
        return super().autocomplete_by_vat(*args, **kwargs)

    @api.model
    def enrich_by_duns(self, *args, **kwargs):
        """What is known of a company; nothing, unless the service abroad is chosen."""
        if not self._may_ask_abroad():
            return {}
        return super().enrich_by_duns(*args, **kwargs)

    @api.model
    def enrich_by_gst(self, *args, **kwargs):
        """What is known of a company; nothing, unless the service abroad is chosen."""
        if not self._may_ask_abroad():
            return {}
        return super().enrich_by_gst(*args, **kwargs)

    @api.model
    def enrich_by_domain(self, *args, **kwargs):
        """What is known of a company; nothing, unless the service abroad is chosen."""
        if not self._may_ask_abroad():
            return {}
        return super().enrich_by_domain(*args, **kwargs)
