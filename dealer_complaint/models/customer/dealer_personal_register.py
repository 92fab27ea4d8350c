from odoo import api, models

from odoo.addons.dealer_service.tools.personal import (
    CAR,
    DISPUTE,
    NUMBER,
    REPAIR,
    Personal,
)


class DealerPersonalData(models.AbstractModel):
    """Where the complaint desk holds words about a person.

    What stays of a complaint is what counts: level, grade, cause, dates, calls and
    clocks, and the number under which an authority or the factory knows it.
    """

    _name = "dealer.personal.data"
    _inherit = "dealer.personal.data"

    @api.model
    def _personal_places(self):
        return [
            *super()._personal_places(),
            Personal(
                "dealer.complaint",
                by=("partner_id",),
                keep={
                    "name": NUMBER,
                    "source_reference": NUMBER,
                    "source_status": NUMBER,
                    "origin_key": NUMBER,
                    "answer_version": NUMBER,
                    "proposal_sent": NUMBER,
                    "fault_codes": REPAIR,
                    "trim": CAR,
                    "license_plate": CAR,
                },
            ),
            Personal("dealer.complaint.action", by=("complaint_id",)),
            Personal("dealer.complaint.contact", by=("complaint_id",)),
            Personal("dealer.complaint.pause.request", by=("complaint_id",)),
            Personal(
                "dealer.external.case", by=("complaint_id",), keep={"number": DISPUTE}
            ),
            Personal(
                "dealer.manufacturer.report",
                by=("complaint_id",),
                keep={"reference": NUMBER},
            ),
            Personal(
                "dealer.sla.timer",
                by=("complaint_id",),
                keep={"origin": NUMBER, "fired_levels": NUMBER},
            ),
            Personal("dealer.sla.segment", by=("complaint_id",)),
            Personal("dealer.complaint.mail", by=("partner_id", "complaint_id")),
        ]
