from . import (
    booking,
    call_hook,
    gate,
    lounge,
    order_portal,
    own_booking,
    public_page,
    rating,
    short_link,
    sms_callback,
    visit_portal,
)
