# The customer books alone: what is open to it, the phone that proves who it is.
# Loaded in this order, which names do not decide: a model before its parts.
from . import res_company_online
from . import dealer_booking_phone
from . import dealer_online_booking
from . import dealer_online_booking_who
from . import dealer_online_booking_page
from . import dealer_reception_online
