from . import controllers, demo, models, report, wizards
from .hooks import enter_holidays
from .tools.caller_defaults import shut_out_caller_defaults
from .tools.field_values import refuse_impossible_values
from .tools.shipped_rows import give_back

refuse_impossible_values("dealer_service")
shut_out_caller_defaults("dealer_service")


def uninstall_hook(env):
    """Without the field that they ask for, Fleet's own screens would not open."""
    give_back(
        env,
        "fleet",
        "fleet_vehicle_action",
        "fleet_vehicle_odometer_action",
        "fleet_vehicle_odometer_reporting_action",
        "fleet_vehicle_log_contract_action",
        "fleet_vehicle_log_services_action",
        "fleet_costs_reporting_action",
        domain=False,
        context="{}",
    )
