from . import lounge, order_portal, visit_portal
