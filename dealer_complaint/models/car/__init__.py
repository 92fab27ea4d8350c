# What cars, visits and customers show; warranty by law.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_reception
from . import dealer_reception_portal
from . import dealer_statutory_warranty
from . import fleet_vehicle
from . import product_template
from . import fleet_vehicle_statutory
from . import res_partner
from . import res_partner_group
