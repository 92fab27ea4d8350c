# The rooms of the shop: what is looked at each day, and how it was found.
# Loaded in this order: a point before the round that looks at it.
from . import dealer_facility_point
from . import dealer_facility_round
from . import dealer_facility_round_line
