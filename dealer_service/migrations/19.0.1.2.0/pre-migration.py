"""No view of this addon extends another one of it, and no other one twice."""

from odoo.addons.dealer_service.tools.upgrade.folded_views import fold_views

#: What the names of the folded views had behind the name of the view they extended.
FOLDED = {
    "dealer_declined_work_view_search": ("panel",),
    "dealer_job_view_search": ("panel",),
    "dealer_quality_check_view_search": ("panel",),
    "dealer_reception_view_calendar": ("booking",),
    "dealer_reception_view_form": (
        "booking",
        "contact",
        "inspection",
        "money",
        "vehicle",
        "workshop",
    ),
    "dealer_reception_view_kanban": (
        "arrival",
        "lane",
    ),
    "dealer_reception_view_list": ("arrival",),
    "dealer_reception_view_search": (
        "vehicle",
        "workshop",
    ),
    "dealer_reception_view_search_booking": ("panel",),
    "dealer_service_step_view_search": ("panel",),
    "dealer_work_log_view_search": ("panel",),
    "fleet_vehicle_model_view_search": ("panel",),
    "product_template_view_form": ("workshop",),
    "res_config_settings_view_form": (
        "booking",
        "money",
    ),
    "resource_resource_view_search_dealer": ("panel",),
    "sale_order_view_search_dealer": ("panel",),
}


def migrate(cr, version):
    """Hand over whoever inherits a view that was folded into another."""
    fold_views(cr, "dealer_service", FOLDED)
