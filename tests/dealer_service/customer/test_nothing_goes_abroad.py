"""Names of customers leave the country only when somebody has chosen so."""

from unittest.mock import patch

from ...common import DealerServiceCase

ASKED = {
    "autocomplete_by_name": ("奇瑞租赁有限公司", 0),
    "autocomplete_by_vat": ("91340200MA2N0000X1", 0),
    "enrich_by_duns": ("123456789",),
    "enrich_by_gst": ("123456789",),
    "enrich_by_domain": ("example.com",),
}


class TestNothingGoesAbroad(DealerServiceCase):
    def requests(self):
        """The requests that Odoo would send, without sending any."""
        service = self.env.registry["iap.autocomplete.api"]
        return patch.object(
            service, "_request_partner_autocomplete", return_value=(False, False)
        )

    def ask_all(self):
        with self.requests() as request:
            for name, arguments in ASKED.items():
                getattr(self.env["res.partner"], name)(*arguments)
            return request.call_count

    def test_nobody_is_asked_unless_somebody_chose_so(self):
        self.assertEqual(self.ask_all(), 0)

    def test_a_new_shop_is_not_looked_up_either(self):
        shop = self.env["res.company"].create(
            {"name": "Second Shop", "email": "info@second-shop.cn"}
        )
        shop.iap_enrich_auto_done = False
        with self.requests() as request:
            shop.iap_enrich_auto()
        self.assertEqual(request.call_count, 0)

    def test_who_chooses_the_service_has_it(self):
        settings = self.env["res.config.settings"].create(
            {"dealer_autocomplete_abroad": True}
        )
        settings.execute()
        with patch(
            "odoo.addons.partner_autocomplete.models.res_partner.check_vies",
            return_value=None,
        ):
            self.assertEqual(self.ask_all(), len(ASKED))
