# Cars and their owners, what is known of them, search and import.
# Loaded in this order, which names do not decide: a model before its parts.
from . import res_partner
from . import fleet_vehicle
from . import dealer_customer_manner
from . import dealer_odometer_reading
from . import dealer_vehicle_ownership
from . import dealer_vehicle_rows_group
from . import dealer_vehicle_system
from . import fleet_vehicle_group
from . import fleet_vehicle_history
from . import fleet_vehicle_import
from . import fleet_vehicle_known  # asked by the import
from . import fleet_vehicle_model
from . import fleet_vehicle_model_group
from . import fleet_vehicle_next_service
from . import fleet_vehicle_ownership
from . import fleet_vehicle_views
from . import res_partner_group
from . import res_partner_known
from . import res_partner_search
from . import fleet_vehicle_search
