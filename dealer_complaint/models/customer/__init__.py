# The ways in: mail, page, form; the answer and the rating.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_complaint_filing
from . import dealer_complaint_mail
from . import dealer_complaint_mailgate
from . import dealer_complaint_portal
from . import dealer_complaint_answer
from . import dealer_complaint_rating
from . import dealer_complaint_writing
from . import dealer_message_occasion
from . import dealer_personal_register
from . import ir_http
from . import mail_thread
