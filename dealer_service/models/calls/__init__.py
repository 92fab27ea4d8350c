# Telephone calls as the exchange reports them: facts that nobody types.
from . import res_company_calls
from . import res_users_extension
from . import dealer_call_adapter
from . import dealer_call_exchange
from . import dealer_call_record
from . import dealer_call_intake  # fills the record from the exchange or its list
from . import dealer_call_match  # finds whom and what a call was about
from . import dealer_call_hand  # what people decide about a call
from . import dealer_call_recording  # who has heard the recording
from . import dealer_call_incoming  # who is calling
from . import dealer_caller  # the page of who is calling
from . import dealer_call_dial  # how a number on the screen is dialled
