# Home, lane and lounge: what is looked at all day.
# Loaded in this order, which names do not decide: a model before its parts.
from . import account_move_cashier
from . import account_move_give_back
from . import account_payment
from . import dealer_home_service
from . import dealer_home_month
from . import dealer_home_rules
from . import dealer_home_away
from . import dealer_home_factory
from . import dealer_home_guests
from . import dealer_home_messages
from . import dealer_home_multipoint
from . import dealer_home_online
from . import dealer_home_parts
from . import dealer_home_staff
from . import dealer_reception_lane
from . import digest_digest
from . import res_company_lounge
