"""No view of this addon extends another one of it, and no other one twice."""

from odoo.addons.dealer_service.tools.upgrade.folded_views import fold_views

#: What the names of the folded views had behind the name of the view they extended.
FOLDED = {
    "dealer_complaint_fault_code_view_search": ("panel",),
    "dealer_complaint_view_form": (
        "group",
        "outside",
        "portal",
        "remedies",
        "value",
    ),
    "dealer_complaint_view_list": (
        "group",
        "value",
    ),
    "dealer_external_case_view_search": ("panel",),
    "dealer_manufacturer_report_view_search": ("panel",),
    "dealer_sla_timer_view_search": ("panel",),
    "fleet_vehicle_view_form": ("statutory",),
}


def migrate(cr, version):
    """Hand over whoever inherits a view that was folded into another."""
    fold_views(cr, "dealer_complaint", FOLDED)
