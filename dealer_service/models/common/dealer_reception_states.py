"""The states of a visit, its permitted moves, and the stamp of each step."""

from odoo.fields import Domain

STATES = [
    ("booked", "Booked"),
    ("prepared", "Prepared"),
    ("arrived", "Arrived"),
    ("inspected", "Inspected"),
    ("authorized", "Authorized"),
    ("working", "In Progress"),
    ("quality", "In Quality Check"),
    ("ready", "Ready"),
    ("settled", "Settled"),
    ("delivered", "Delivered"),
    ("left", "Left Early"),
    ("no_show", "No-show"),
    ("cancelled", "Cancelled"),
]

#: Every permitted move of a visit: (from, to).
TRANSITIONS = {
    ("booked", "prepared"),
    ("booked", "arrived"),
    ("prepared", "arrived"),
    ("arrived", "inspected"),
    ("inspected", "authorized"),
    ("authorized", "working"),
    ("working", "quality"),
    ("quality", "working"),
    ("quality", "ready"),
    ("ready", "settled"),
    ("settled", "delivered"),
    ("booked", "no_show"),
    ("prepared", "no_show"),
    # the customer who was given up comes after all
    ("no_show", "arrived"),
    ("booked", "cancelled"),
    ("prepared", "cancelled"),
    ("arrived", "cancelled"),
    ("inspected", "cancelled"),
    ("authorized", "cancelled"),
    # the customer drives away; from a car that is ready on, it is a delivery
    ("arrived", "left"),
    ("inspected", "left"),
    ("authorized", "left"),
    ("working", "left"),
    ("quality", "left"),
}

#: The car has not come yet: the slot is held for it.
BOOKED_STATES = ("booked", "prepared")
#: The visit did not take place.
VOID_STATES = ("cancelled", "no_show")
#: The visit is over without a delivery: nothing was promised or missed any more.
UNSERVED_STATES = ("left", *VOID_STATES)
#: The car is on the dealer's premises.
IN_HOUSE_STATES = (
    "arrived",
    "inspected",
    "authorized",
    "working",
    "quality",
    "ready",
    "settled",
)
#: The car is here now: not with its customer until a part comes.
CAR_IS_HERE = Domain("state", "in", IN_HOUSE_STATES) & Domain("is_away", "=", False)
#: The visit is not over: booked, or the car is in the house.
OPEN_STATES = (*BOOKED_STATES, *IN_HOUSE_STATES)

#: When each step was reached, in the order in which the steps follow each other.
STAMPS = (
    "date_booked",
    "date_prepared",
    "date_arrived",
    "date_greeted",
    "date_inspected",
    "date_authorized",
    "date_started",
    "date_finished",
    "date_passed",
    "date_ready",
    "date_settled",
    "date_delivered",
    "date_left",
)
STATE_STAMP = {
    "prepared": "date_prepared",
    "arrived": "date_arrived",
    "inspected": "date_inspected",
    "authorized": "date_authorized",
    "working": "date_started",
    "quality": "date_finished",
    "ready": "date_ready",
    "settled": "date_settled",
    "delivered": "date_delivered",
    "left": "date_left",
}

#: When a step of its own began or ended beside those: moments that methods record, and
#: nobody types. What they do not know is not measured.
STEP_MOMENTS = (
    "date_consulted",
    "date_walk_begun",
    "date_walk_signed",
    "date_untold_from",
    "date_untold_to",
    "date_settlement_opened",
)
