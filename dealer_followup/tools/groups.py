"""The roles of dealer_followup, as code asks for them. See its security/ folder."""

#: Makes the calls.
CALLER = "dealer_followup.group_dealer_followup_user"
#: Sets care rules, runs activities.
MANAGER = "dealer_followup.group_dealer_followup_manager"
