# Estimates, consent, settlement, invoices, declined work.
# Loaded in this order, which names do not decide: a model before its parts.
from . import res_currency
from . import product_template
from . import sale_order
from . import sale_order_line
from . import account_move
from . import account_move_line
from . import reckoned_by_odoo
from . import dealer_declined_work
from . import dealer_reception_settlement
from . import dealer_reception_settlement_sheet
from . import dealer_reception_variance
from . import dealer_reception_reduction
from . import fleet_vehicle_declined_work
from . import sale_order_consent
from . import dealer_reception_estimate
from . import dealer_reception_leaving
from . import dealer_reception_payers
from . import sale_order_decision
from . import sale_order_line_claim
from . import sale_order_line_invoiced
from . import sale_order_parties
from . import sale_order_offer
from . import sale_order_template
from . import sale_order_writers
