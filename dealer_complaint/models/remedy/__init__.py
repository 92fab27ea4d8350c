# What is done about it: actions, authorities, the manufacturer.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint_action
from . import dealer_complaint_action_document
from . import dealer_complaint_action_refund
from . import dealer_complaint_action_return
from . import dealer_complaint_action_voucher
from . import dealer_complaint_outside
from . import dealer_authority_term
from . import dealer_external_case
from . import dealer_external_case_answer
from . import dealer_manufacturer_report
from . import dealer_complaint_anonymous
