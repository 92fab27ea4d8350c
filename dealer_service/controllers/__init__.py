from . import (
    booking,
    gate,
    lounge,
    order_portal,
    own_booking,
    public_page,
    rating,
    visit_portal,
)
