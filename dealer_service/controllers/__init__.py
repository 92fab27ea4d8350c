from . import lounge, order_portal, rating, visit_portal
