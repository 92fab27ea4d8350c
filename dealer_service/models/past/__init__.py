# The past: visits of the old system, taken over from files.
from . import dealer_past_line
from . import dealer_takeover_word
from . import dealer_takeover  # before its rows, which belong to it
from . import dealer_takeover_process
from . import dealer_takeover_row
from . import dealer_takeover_row_file
from . import dealer_takeover_row_lookup
from . import dealer_takeover_row_judge
from . import dealer_takeover_row_visit
from . import dealer_reception_past
from . import dealer_reception_past_car
from . import fleet_vehicle_past
from . import dealer_declined_work_past
