"""Who comes to the routes of ours, and which are open to whom."""

from types import SimpleNamespace

#: Who comes: the user who is signed in, and the link in the hand.
VISITORS = {
    "nobody": (None, None),
    "wrong": (None, "wrong"),
    "revoked": (None, "revoked"),
    "foreign": (None, "foreign"),
    "link": (None, "right"),
    "stranger": ("stranger", None),
    "owner": ("owner", None),
    "employee": ("employee", "right"),
    "technician": ("technician", "right"),
    "caller": ("caller", "right"),
    "handler": ("handler", "right"),
    "advisor": ("advisor", None),
    "other_advisor": ("other_advisor", "right"),
    "other_handler": ("other_handler", "right"),
}
CUSTOMER = ("link", "owner")


def door(what, path, get=None, post=None, login=False):
    """What is behind a route, and who comes in with which status.

    :param str what: the document whose link it is
    :param dict get, post: status by visitor; everybody else is answered 404; None: the
        method is not taken
    :param bool login: whoever has not signed in is asked to
    """
    return SimpleNamespace(what=what, path=path, get=get, post=post, login=login)


def opened(*visitors, status=200):
    return dict.fromkeys(visitors, status)


EVERYBODY = opened(*VISITORS)
SIGNED_IN = opened(*(v for v, (user, _link) in VISITORS.items() if user))
VISITS = {**SIGNED_IN, "employee": 403}
PORTAL = opened("stranger", "owner")
VISIT = opened("link", "owner", "advisor")
COMPLAINT = opened("link", "owner", "handler")
INVITATION = opened("link", "caller")
#: Staff has the link, and rates for nobody.
STAFF_WITH_LINK = opened(
    *(v for v, (user, link) in VISITORS.items() if user and link == "right"),
    status=403,
)
RATING = {**opened("link"), **STAFF_WITH_LINK}

#: What hangs on the wall is read by everybody who has its link.
BY_LINK = opened(*(v for v, (_u, link) in VISITORS.items() if link == "right"))

DOORS = {
    # dealer_service
    "/lounge/<string:token>": door(
        "lounge",
        "/lounge/{link}",
        opened(*(v for v, (_u, link) in VISITORS.items() if link == "right")),
    ),
    "/lounge/<string:token>/board": door(
        "lounge",
        "/lounge/{link}/board",
        opened(*(v for v, (_u, link) in VISITORS.items() if link == "right")),
    ),
    "/gate/<string:token>": door("gate", "/gate/{link}", BY_LINK),
    # without a pass nothing is let out, and the page of the gate comes back
    "/gate/<string:token>/check": door(
        "gate", "/gate/{link}/check", None, {v: 303 for v in BY_LINK}
    ),
    # on the phone that has opened its gate before, and on no other
    "/gate/pass/<string:token>": door("pass", "/gate/pass/{link}", BY_LINK),
    # a provider's push: what is no list of rows is refused, and nothing is read
    "/dealer/sms/<string:provider>/<string:kind>/<string:key>": door(
        "sms", "/dealer/sms/aliyun/receipts/{link}", None, {v: 400 for v in BY_LINK}
    ),
    # what is not signed is refused, and told to nobody but the shop
    "/dealer/calls/<string:token>": door(
        "exchange", "/dealer/calls/{link}", None, {v: 403 for v in BY_LINK}
    ),
    "/dealer/<string:token>": door("public", "/dealer/{link}", BY_LINK),
    "/dealer/<string:token>/lounge": door("public", "/dealer/{link}/lounge", BY_LINK),
    # staff waits for no car
    "/dealer/<string:token>/lounge/answer": door(
        "public", "/dealer/{link}/lounge/answer", None, opened("link")
    ),
    "/book/<string:token>": door("book", "/book/{link}", BY_LINK),
    # nothing is chosen yet: the first page comes back
    "/book/<string:token>/<string:step>": door(
        "book", "/book/{link}/what", None, {v: 303 for v in BY_LINK}
    ),
    # the customer's alone: in a session of staff the link is none
    "/b/<string:token>": door("booked", "/b/{link}", opened("link")),
    "/b/<string:token>/<string:step>": door(
        "booked", "/b/{link}/move", None, opened("link", status=303)
    ),
    "/r/<string:token>": door("short", "/r/{link}", opened("link", status=302)),
    "/rate/<string:token>/<int:rate>": door("rating", "/rate/{link}/5", RATING, RATING),
    # without a face that the page offers
    "/rate/<string:token>/submit_feedback": door(
        "rating", "/rate/{link}/submit_feedback", RATING, {**RATING, "link": 400}
    ),
    "/my/visits": door("list", "/my/visits", VISITS, VISITS, login=True),
    "/my/visits/page/<int:page>": door(
        "list", "/my/visits/page/9", VISITS, VISITS, login=True
    ),
    "/my/visits/<int:reception_id>": door("visit", "/my/visits/{id}", VISIT, VISIT),
    "/my/visits/<int:reception_id>/live": door(
        "visit", "/my/visits/{id}/live", VISIT, VISIT
    ),
    "/my/visits/<int:reception_id>/papers/<string:paper>": door(
        "visit", "/my/visits/{id}/papers/inspection", VISIT, VISIT
    ),
    "/my/visits/<int:reception_id>/inspection/<int:finding_id>/<string:what>": door(
        "visit", "/my/visits/{id}/inspection/{finding}/photo", VISIT, VISIT
    ),
    "/my/service/orders/<int:order_id>/inspection/<int:finding_id>/<string:what>": door(
        "order", "/my/service/orders/{id}/inspection/{finding}/photo", VISIT, VISIT
    ),
    "/my/service/orders/<int:order_id>": door(
        "order", "/my/service/orders/{id}", VISIT, VISIT
    ),
    "/my/service/orders/<int:order_id>/photo/<int:photo_id>": door(
        "order", "/my/service/orders/{id}/photo/{photo}", VISIT, VISIT
    ),
    "/my/service/orders/<int:order_id>/accept": door(
        "order", "/my/service/orders/{id}/accept"
    ),
    "/my/service/orders/<int:order_id>/seen": door(
        "order", "/my/service/orders/{id}/seen"
    ),
    "/my/service/orders/<int:order_id>/decline": door(
        "order",
        "/my/service/orders/{id}/decline",
        None,
        opened(*VISIT, status=303),
    ),
    "/my/service/orders/<int:order_id>/paper": door(
        "order", "/my/service/orders/{id}/paper", {}
    ),
    "/my/visits/<int:reception_id>/watch": door(
        "visit", "/my/visits/{id}/watch", None, opened(*CUSTOMER, status=303)
    ),
    "/my/visits/<int:reception_id>/rate": door(
        "visit", "/my/visits/{id}/rate", None, opened(*CUSTOMER, status=303)
    ),
    # dealer_complaint
    "/dealer_complaint/sla_clock": door("list", "/dealer_complaint/sla_clock"),
    "/my/complaints": door("list", "/my/complaints", SIGNED_IN, SIGNED_IN, login=True),
    "/my/complaints/page/<int:page>": door(
        "list", "/my/complaints/page/9", SIGNED_IN, SIGNED_IN, login=True
    ),
    "/my/complaints/new": door(
        "list", "/my/complaints/new", PORTAL, PORTAL, login=True
    ),
    "/my/visits/<int:reception_id>/complaint": door(
        "visit",
        "/my/visits/{id}/complaint",
        opened(*CUSTOMER, "technician", "caller", "handler", "advisor"),
        opened(*CUSTOMER),
    ),
    "/my/complaints/<int:complaint_id>": door(
        "complaint", "/my/complaints/{id}", COMPLAINT, COMPLAINT
    ),
    "/my/complaints/<int:complaint_id>/clock": door(
        "complaint", "/my/complaints/{id}/clock", COMPLAINT, COMPLAINT
    ),
    "/my/complaints/<int:complaint_id>/photo/<int:photo_id>": door(
        "complaint", "/my/complaints/{id}/photo/{photo}", COMPLAINT, COMPLAINT
    ),
    "/my/complaints/<int:complaint_id>/answer": door(
        "complaint",
        "/my/complaints/{id}/answer",
        None,
        opened(*COMPLAINT, status=303),
    ),
    "/my/complaints/<int:complaint_id>/message": door(
        "complaint",
        "/my/complaints/{id}/message",
        None,
        opened(*CUSTOMER, status=303),
    ),
    "/my/complaints/<int:complaint_id>/rate": door(
        "complaint", "/my/complaints/{id}/rate", None, opened(*CUSTOMER, status=303)
    ),
    # dealer_followup
    "/activity/<string:token>": door("invitation", "/activity/{link}", INVITATION),
    "/activity/<string:token>/reply": door(
        "invitation", "/activity/{link}/reply", None, opened("link")
    ),
    "/activity/door/<string:token>": door(
        "invitation",
        "/activity/door/{link}",
        opened("caller"),
        opened("caller"),
        login=True,
    ),
    "/my/invitations": door(
        "list", "/my/invitations", SIGNED_IN, SIGNED_IN, login=True
    ),
    "/my/consent": door("list", "/my/consent", SIGNED_IN, login=True),
    "/consent/<string:token>": door("consent", "/consent/{link}", opened("link")),
    "/my/consent/decide": door(
        "list", "/my/consent/decide", None, opened(*SIGNED_IN, status=303)
    ),
    "/consent/<string:token>/decide": door(
        "consent", "/consent/{link}/decide", None, opened("link", status=303)
    ),
}
