"""The demo dealership lets its customers book alone, and one has done so."""

from odoo import api, models

#: Who has booked, for which car, and what for.
BOOKED = ("沈晓岚", "+8613805537162", "皖B·K62R8", "行驶中方向盘抖动\n顺便检查刹车片")
#: So many days with a free slot are left to others.
LATER_DAYS = 2


class ResCompany(models.Model):
    """Loading of online booking."""

    _name = "res.company"
    _inherit = "res.company"

    @api.model
    def _demo_online(self):
        """Switch it on, with the packages that are posted, and book as a customer."""
        shop = self.env.company
        shop = shop.with_context(lang=shop.partner_id.lang)
        prices = self.env["dealer.public.price"].search(
            [("company_id", "=", shop.id), ("package_id", "!=", False)]
        )
        shop.write(
            {
                "dealer_online_booking": True,
                "dealer_online_token": shop._new_key(18),
                "dealer_online_package_ids": prices.package_id.ids,
            }
        )
        name, phone, plate, wish = BOOKED
        days = list(shop._online_slots(shop.dealer_default_hours).values())
        shop.env["dealer.online.booking"]._book(
            shop,
            {
                "key": shop._new_key(),
                "phone": phone,
                "package": None,
                "wish": wish,
                "is_waiting": False,
                "advisor": None,
                "slot": days[min(LATER_DAYS, len(days) - 1)][0],
                "vehicle": None,
                "plate": plate,
                "name": name,
                "agreed": shop._online_notice_version(),
            },
            shop.env["res.partner"],
        )
