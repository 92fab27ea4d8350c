# The calls: work list, dials, results, opting out.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_followup
from . import dealer_care_optout
from . import dealer_consent
from . import dealer_consent_import
from . import dealer_followup_actions
from . import dealer_followup_attempt
from . import dealer_followup_proof  # what the exchange says of an attempt
from . import dealer_followup_letter
from . import dealer_followup_planned
from . import dealer_followup_plate
from . import dealer_followup_hold
from . import dealer_followup_queue
from . import dealer_followup_away
from . import dealer_followup_record
from . import dealer_followup_result
from . import res_users
