from odoo import api, models

from odoo.addons.dealer_service.tools.personal import NUMBER, Personal, Reason

SALE = Reason("Proof that the car was handed over: claims from a sale last years")
WORDING = Reason("Words of the shop that everybody is shown")


class DealerPersonalData(models.AbstractModel):
    """Where customer relations hold words about a person.

    That somebody was called, came or answered stays counted.
    """

    _name = "dealer.personal.data"
    _inherit = "dealer.personal.data"

    @api.model
    def _personal_places(self):
        return [
            *super()._personal_places(),
            Personal(
                "res.partner",
                put={
                    "birthday": None,
                    "birthday_lunar_month": None,
                    "birthday_lunar_day": None,
                    "birthday_key": None,
                    "no_care": True,
                },
            ),
            Personal(
                "dealer.followup",
                by=("partner_id",),
                keep={"anchor_key": NUMBER},
                alias=("contact_name",),
            ),
            Personal("dealer.followup.attempt", by=("partner_id",), alias=("phone",)),
            Personal(
                "dealer.consent",
                by=("partner_id",),
                numbers=("phone",),
                keep={"wording": WORDING, "wording_version": WORDING},
                alias=("phone",),
                put={"partner_id": None},
            ),
            Personal("dealer.care.optout", by=("owner_id",)),
            Personal(
                "dealer.new.car.delivery",
                by=("partner_id",),
                keep={"name": NUMBER, "signature": SALE},
            ),
            Personal("dealer.new.car.check", by=("delivery_id",)),
            Personal(
                "dealer.activity.invitee",
                by=("partner_id",),
                alias=("contact_name",),
            ),
            Personal(
                "dealer.activity.stop",
                by=("partner_id",),
                alias=("name",),
            ),
            Personal("dealer.club.member", by=("partner_id",)),
            Personal(
                "survey.user_input",
                by=("partner_id", "dealer_followup_ids"),
                keep={"access_token": NUMBER},
                alias=("nickname",),
            ),
            Personal("survey.user_input.line", by=("user_input_id",)),
        ]
