# Messages that reach customers and staff: occasions, ways, consent, hours, the queue.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_message_occasion
from . import dealer_customer_message
from . import dealer_customer_message_tell
from . import dealer_customer_message_leave
from . import dealer_customer_message_queue
from . import dealer_customer_message_otherwise
from . import dealer_customer_message_answer
from . import dealer_customer_message_keep
from . import dealer_message_link
from . import mail_mail
from . import res_company_messages
from . import sms_tracker
from . import res_company_sms  # after the selection of providers
from . import sms_approval
from . import sms_sms
from . import dealer_customer_message_sms
from . import dealer_sms_inbox
from . import res_company_wecom
from . import res_users_wecom
from . import dealer_customer_message_wecom
from . import shown
from . import res_config_settings_messages
