from . import (
    dealer_reception,
    dealer_reception_check,
    dealer_reception_concern,
    dealer_reception_promise,
    dealer_reception_standards,
    dealer_service_standard,
    dealer_service_step,
    dealer_vehicle_system,
    fleet_vehicle,
    res_company,
    res_config_settings,
)
