from . import dealer_new_car_point
from . import dealer_new_car_delivery
from . import dealer_new_car_check

# extends the delivery by its way
from . import dealer_new_car_process
