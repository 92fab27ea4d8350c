# Classes and stages of life, relations, consents.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint
from . import dealer_leave_reason
from . import dealer_life_cycle_change
from . import dealer_personal_register
from . import dealer_reception
from . import dealer_reception_life_cycle
from . import dealer_reception_smile
from . import dealer_relation
from . import dealer_relation_words
from . import fleet_vehicle
from . import fleet_vehicle_group
from . import fleet_vehicle_life_cycle
from . import fleet_vehicle_life_cycle_update
from . import fleet_vehicle_model
from . import fleet_vehicle_period
from . import fleet_vehicle_relation
from . import ir_http
from . import res_partner
from . import res_partner_consent
from . import res_partner_group
from . import res_partner_life_cycle
from . import res_partner_relation
