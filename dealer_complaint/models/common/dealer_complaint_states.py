"""States, moves and kinds of complaints: data, no model."""

STATES = [
    ("new", "New"),
    ("investigating", "Investigating"),
    ("proposed", "Proposed"),
    ("resolved", "Resolved"),
    ("closed", "Closed"),
    ("rejected", "Rejected"),
    ("cancelled", "Cancelled"),
    ("merged", "Merged"),
]

#: Every permitted move of a complaint: (from, to).
TRANSITIONS = {
    ("new", "investigating"),
    ("investigating", "proposed"),
    ("proposed", "investigating"),
    ("proposed", "resolved"),
    ("resolved", "closed"),
    # re-opened: a new cycle
    ("resolved", "investigating"),
    ("closed", "investigating"),
    ("rejected", "investigating"),
    # unfounded, entered by mistake, or told twice
    ("new", "rejected"),
    ("investigating", "rejected"),
    ("proposed", "rejected"),
    ("new", "cancelled"),
    ("investigating", "cancelled"),
    ("proposed", "cancelled"),
    ("new", "merged"),
    ("investigating", "merged"),
    ("proposed", "merged"),
}

#: What is written down before a complaint may come to a state.
WORDS_OF_STEP = {
    "proposed": ("proposal",),
    "resolved": ("decision",),
    "rejected": ("reject_reason", "recourse"),
}

#: What follows when a finished complaint is taken up again, beside its new state.
REOPENED = "reopened"
#: The customer still waits for what was agreed on.
WORKING_STATES = ("new", "investigating", "proposed")
#: Somebody still works on it.
OPEN_STATES = (*WORKING_STATES, "resolved")
#: Out of statistics: such a complaint never was one of its own.
VOID_STATES = ("cancelled", "merged")
#: Nobody works on it any more, and the customer waits for nothing.
OVER_STATES = ("closed", "rejected", *VOID_STATES)

LEVELS = [
    ("dissatisfaction", "Dissatisfaction"),
    ("grievance", "Grievance"),
    ("complaint", "Complaint"),
]
#: What a customer who complains expects of the shop.
EXPECTATIONS = [
    ("heard", "To Be Heard"),
    ("apology", "An Apology"),
    ("explanation", "An Explanation"),
    ("repair", "A Repair"),
    ("replacement", "A Replacement"),
    ("refund", "A Refund"),
    ("compensation", "Compensation"),
    ("change", "A Change in the Shop"),
]
ANSWERS = [("accepted", "Accepted"), ("refused", "Refused")]
GRADES = [("general", "General"), ("escalated", "Escalated"), ("major", "Major")]
SOURCES = [
    ("counter", "Counter"),
    ("phone", "Phone"),
    ("hotline", "Hotline 400"),
    ("callback", "Callback"),
    ("portal", "Portal"),
    ("email", "E-mail"),
    ("12315", "12315"),
    ("12365auto", "12365auto"),
    ("media", "Media"),
    ("manufacturer", "Manufacturer"),
    ("other", "Other"),
]
CAUSES = [
    ("product", "Product"),
    ("sales_policy", "Sales Policy"),
    ("service_policy", "Service Policy"),
    ("dealer_sales", "Dealer: Sales"),
    ("dealer_service", "Dealer: Service"),
    ("customer", "Customer"),
    ("third_party", "Third Party"),
    ("unknown", "Unknown"),
]

STATE_STAMP = {
    "investigating": "date_investigated",
    "proposed": "date_proposed",
    "resolved": "date_resolved",
    "closed": "date_closed",
    "rejected": "date_closed",
    "cancelled": "date_closed",
    "merged": "date_closed",
}
