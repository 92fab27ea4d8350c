from odoo import api, models
from odoo.fields import Domain

from odoo.addons.dealer_complaint.tools import groups as complaint_groups
from odoo.addons.dealer_service.tools import groups as service_groups

from ...tools import groups

#: By app: whose certificates stand there, and who looks after them.
_OF_APP = {
    "service": ("is_service", service_groups.MANAGER),
    "complaint": ("is_handler", complaint_groups.MANAGER),
    "followup": ("is_caller", groups.MANAGER),
}


class DealerHome(models.AbstractModel):
    """Certificates that are missing or run out, and the own exams."""

    _name = "dealer.home"
    _inherit = "dealer.home"

    @api.model
    def _certificate_tiles(self, app):
        """Of who works in an app: for the manager, and each his own."""
        if app not in _OF_APP:
            return []
        field, manager = _OF_APP[app]
        urgent = Domain(field, "=", True) & Domain("state", "!=", "valid")
        shared = {"model": "dealer.certificate.report"}
        return [
            {
                **shared,
                "key": "certificates",
                "domain": urgent,
                "label": self.env._("Certificates to Renew"),
                "help": self.env._(
                    "Not held, expired or running out: invite to the exam."
                ),
                "kind": "warning",
                "action": "dealer_followup.dealer_certificate_report_action",
                "group": manager,
            },
            {
                **shared,
                "key": "certificates_mine",
                "domain": urgent & Domain("user_id", "=", self.env.uid),
                "label": self.env._("My Exams"),
                "help": self.env._(
                    "A certificate is asked of you that you do not hold, or yours runs "
                    "out."
                ),
                "kind": "info",
                "action": "dealer_followup.dealer_certificate_report_action_mine",
            },
        ]
