# What a shop tells everybody: prices, hours, rights, and what was posted when.
# Loaded in this order: the shop's page needs what stands on it.
from . import dealer_public_price
from . import dealer_public_notice
from . import dealer_public_posting
from . import res_company_public
from . import res_company_hotlines
from . import ir_http_nothing
