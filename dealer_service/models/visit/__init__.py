# The visit itself, its steps, standards, concerns and promise.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_service_step
from . import dealer_service_standard
from . import dealer_reception
from . import dealer_reception_process
from . import dealer_reception_advisor
from . import dealer_reception_check
from . import dealer_reception_concern
from . import dealer_reception_delivery
from . import dealer_reception_missed
from . import dealer_reception_night
from . import dealer_reception_proof
from . import dealer_reception_left
from . import dealer_reception_undo
from . import dealer_reception_mail
from . import dealer_reception_promise
from . import dealer_reception_proposal
from . import dealer_reception_search
from . import dealer_reception_second_person
from . import dealer_reception_standards
from . import dealer_reception_tables
from . import dealer_reception_vehicle
from . import dealer_reception_waiting
from . import dealer_waiting_care
from . import fleet_vehicle_arrival
