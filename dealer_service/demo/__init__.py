from . import dealer_reception_demo
