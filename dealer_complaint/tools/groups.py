"""The roles of dealer_complaint, as code asks for them. See its security/ folder."""

#: Handles complaints.
HANDLER = "dealer_complaint.group_dealer_complaint_user"
#: Takes complaints in, hands them out, watches the clocks.
OFFICER = "dealer_complaint.group_dealer_complaint_officer"
#: Decides on complaints and sets policies.
MANAGER = "dealer_complaint.group_dealer_complaint_manager"
