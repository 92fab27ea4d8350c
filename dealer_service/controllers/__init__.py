from . import lounge, order_portal, public_page, rating, visit_portal
