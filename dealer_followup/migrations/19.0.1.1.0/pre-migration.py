"""No view of this addon extends another one of it, and no other one twice."""

from odoo.addons.dealer_service.tools.upgrade.folded_views import fold_views

#: What the names of the folded views had behind the name of the view they extended.
FOLDED = {
    "dealer_care_optout_view_search": ("panel",),
    "dealer_care_rule_view_form": ("segment",),
    "dealer_care_rule_view_search": ("panel",),
    "dealer_consent_view_search": ("panel",),
    "dealer_followup_attempt_view_search": ("panel",),
    "dealer_followup_call_view_form": (
        "activity",
        "survey",
    ),
    "dealer_followup_view_form": (
        "activity",
        "survey",
    ),
    "dealer_followup_view_search": (
        "panel",
        "survey",
    ),
    "dealer_leave_reason_view_search": ("panel",),
    "fleet_vehicle_view_form": (
        "life_cycle",
        "relation",
    ),
    "res_config_settings_view_form": (
        "activity",
        "life_cycle",
        "survey",
    ),
    "res_partner_view_form": ("relation",),
}


def migrate(cr, version):
    """Hand over whoever inherits a view that was folded into another."""
    fold_views(cr, "dealer_followup", FOLDED)
