# The complaint itself: intake, process, contacts, merging.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint_category
from . import dealer_complaint
from . import dealer_complaint_process
from . import dealer_complaint_contact
from . import dealer_complaint_proof  # what proves a contact
from . import dealer_complaint_correction
from . import dealer_complaint_countdown
from . import dealer_complaint_exception
from . import dealer_complaint_facts
from . import dealer_complaint_fault_code
from . import dealer_complaint_grade
from . import dealer_complaint_guide
from . import dealer_complaint_handover
from . import dealer_complaint_offer
from . import dealer_complaint_holder
from . import dealer_complaint_import
from . import dealer_complaint_intake
from . import dealer_complaint_merge
from . import dealer_complaint_pause
from . import dealer_complaint_sla
from . import dealer_complaint_merge_clocks
from . import dealer_complaint_sla_facts
from . import dealer_complaint_sla_policy
from . import dealer_complaint_tables
