# The inspection by item: what is looked at, how it was found, what follows from it.
# Loaded in this order: an item before the list it stands on, a sheet before its parts.
from . import dealer_multipoint_item
from . import dealer_multipoint_template
from . import dealer_multipoint_sheet
from . import dealer_multipoint_finding
from . import dealer_multipoint_judging
from . import dealer_multipoint_trend
from . import dealer_multipoint_offer
from . import dealer_multipoint_portal
from . import dealer_declined_work_multipoint
from . import dealer_reception_multipoint
from . import res_company_multipoint
from . import sale_order_line_multipoint
from . import sale_order_multipoint
