# A message as the phone of who gets it shows it.
from . import res_company_shown
from . import dealer_customer_message_shown
from . import dealer_message_occasion_shown
from . import dealer_message_occasion_example
from . import dealer_message_occasion_words
