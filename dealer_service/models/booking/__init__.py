# Appointments: slots, reminders, preparation, no-shows.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_booking_day
from . import dealer_reception_booking
from . import dealer_reception_booking_day
from . import dealer_reception_capacity
from . import dealer_reception_import
from . import dealer_reception_no_show
from . import dealer_reception_preparation
from . import dealer_reception_reminder
from . import dealer_message_occasion_reminder
from . import res_company_reminder
