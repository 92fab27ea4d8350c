# Parts of a visit: what is needed, and where it is.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_part_need
from . import dealer_part_stock
from . import dealer_reception_parts
from . import dealer_time_away
from . import dealer_reception_time_away
