from . import order_portal
