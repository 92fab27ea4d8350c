from . import lounge, order_portal
