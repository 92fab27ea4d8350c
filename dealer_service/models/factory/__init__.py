# What is between the shop and the factory: warranty claims, old parts, campaigns.
# Loaded in this order: a model before its parts.
from . import res_company_factory
from . import res_config_settings_factory
from . import product_template_claim
from . import dealer_factory_campaign
from . import dealer_factory_campaign_car
from . import dealer_campaign_car_group
from . import fleet_vehicle_campaign
from . import dealer_reception_campaign
from . import dealer_call_campaign
from . import dealer_factory_export
from . import dealer_factory_export_column
from . import dealer_warranty_claim
from . import dealer_warranty_claim_line
from . import dealer_warranty_claim_making
from . import dealer_warranty_claim_process
from . import dealer_warranty_claim_billing
from . import dealer_warranty_claim_answer
from . import dealer_old_part
from . import dealer_old_part_return
from . import dealer_old_part_stock
from . import account_move_claim
from . import sale_order_claim
from . import dealer_reception_claim
from . import dealer_health_record
