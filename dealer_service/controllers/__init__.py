from . import gate, lounge, order_portal, public_page, rating, visit_portal
