"""The ten kinds of customer activities, their states and permitted moves."""

KINDS = [
    ("lecture", "Owners' Lecture"),
    ("launch", "New Car Launch"),
    ("anniversary", "Anniversary"),
    ("vip", "VIP Event"),
    ("club", "Car Club Tour"),
    ("scenic", "Service at a Scenic Spot"),
    ("roving", "Roving Service"),
    ("visiting", "Service Visits"),
    ("seasonal", "Seasonal Service"),
    ("disaster", "Disaster Area Service"),
]
#: Nobody books a place: the cars that are served on site are counted.
SEATLESS_KINDS = ("scenic", "roving", "visiting", "seasonal", "disaster")

STATES = [
    ("draft", "Draft"),
    ("planned", "Approved"),
    ("inviting", "Inviting"),
    ("running", "In Progress"),
    ("done", "Done"),
    ("evaluated", "Evaluated"),
    ("cancelled", "Cancelled"),
]
#: Every permitted move of an activity: (from, to).
TRANSITIONS = {
    ("draft", "planned"),
    ("planned", "draft"),
    ("planned", "inviting"),
    # help in a disaster area does not wait for invitations
    ("planned", "running"),
    ("inviting", "running"),
    ("running", "done"),
    ("done", "evaluated"),
    # an invoice came late, a lesson was forgotten
    ("evaluated", "done"),
    ("draft", "cancelled"),
    ("planned", "cancelled"),
    ("inviting", "cancelled"),
    ("running", "cancelled"),
}
#: Customers may reply.
OPEN_STATES = ("inviting", "running")
#: Visits may be the effect of it.
EFFECTIVE_STATES = ("inviting", "running", "done", "evaluated")

#: What the evaluation was made from.
EVALUATED = (
    "kind",
    "purpose",
    "date_start",
    "date_end",
    "seat_limit",
    "effect_days",
    "vehicle_domain",
    "budget_ids",
    "subsidy_per_car",
    "lessons",
)

INVITEE_STATES = [
    ("listed", "To Invite"),
    ("excluded", "Not Invited"),
    ("invited", "Invited"),
    ("coming", "Coming"),
    ("waiting", "Waiting List"),
    ("maybe", "Maybe"),
    ("declined", "Not Coming"),
    ("attended", "Attended"),
    ("no_show", "No-show"),
]
REPLIES = [("coming", "Coming"), ("maybe", "Maybe"), ("declined", "Not Coming")]
#: States from which a customer may still reply.
REPLY_STATES = ("listed", "invited", "coming", "waiting", "maybe", "declined")
_ANSWERS = ("coming", "waiting", "maybe", "declined")
#: Every permitted move of an invitee: (from, to).
INVITEE_TRANSITIONS = {
    ("listed", "excluded"),
    ("excluded", "listed"),
    ("listed", "invited"),
    ("invited", "excluded"),
    *((old, new) for old in REPLY_STATES for new in _ANSWERS if old != new),
    # whoever comes is welcome, whatever was said before
    *((old, "attended") for old, _label in INVITEE_STATES if old != "attended"),
    ("attended", "coming"),
    ("coming", "no_show"),
}
#: What the refresh of the audience may judge anew.
OPEN_INVITEE_STATES = ("listed", "excluded")
