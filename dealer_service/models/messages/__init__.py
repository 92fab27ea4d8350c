# Messages that reach customers and staff: occasions, ways, consent, hours, the queue.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_message_occasion
from . import dealer_customer_message
from . import dealer_customer_message_tell
from . import dealer_customer_message_queue
from . import dealer_customer_message_answer
from . import dealer_customer_message_keep
from . import mail_mail
from . import res_company_messages
from . import sms_tracker
