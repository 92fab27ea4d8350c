# What eases the work of the desk: pauses to decide, the next step, similar complaints,
# canned replies, who has how much to do.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint_pause_request
from . import dealer_complaint_next_step
from . import dealer_complaint_similar
from . import dealer_complaint_reply
from . import dealer_complaint_workload
from . import dealer_complaint_presence
