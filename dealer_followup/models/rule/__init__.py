# Care rules: whom to call when, segments.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_festival
from . import dealer_care_rule
from . import dealer_care_rule_assign
from . import dealer_care_rule_due
from . import dealer_care_rule_gate
from . import dealer_care_rule_hand
from . import dealer_care_rule_outlook
from . import dealer_care_rule_run
from . import dealer_care_rule_shop
from . import dealer_care_rule_sync
from . import dealer_care_source
from . import dealer_care_source_yearly
from . import dealer_segment
from . import ir_actions_server
