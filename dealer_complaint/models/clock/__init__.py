# Policies, clocks and what they have recorded.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_sla_policy
from . import dealer_sla_target
from . import dealer_sla_level
from . import dealer_sla_segment
from . import dealer_sla_event
from . import dealer_sla_replan_mixin
from . import resource_calendar
from . import dealer_sla_timer
from . import dealer_sla_timer_correction
from . import dealer_sla_timer_explain
from . import dealer_sla_timer_move
from . import dealer_sla_timer_proof
from . import dealer_sla_timer_restart
from . import dealer_sla_timer_run
from . import dealer_sla_timer_tick
from . import dealer_sla_notice
from . import dealer_sla_notice_tell
from . import dealer_sla_replan
from . import resource_calendar_office
from . import resource_calendar_parts
