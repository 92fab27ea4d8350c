# Customer activities: audience, invitations, replies, effect.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_activity_states
from . import dealer_activity
from . import dealer_activity_invitee
from . import dealer_activity_actions
from . import dealer_activity_audience
from . import dealer_activity_kind
from . import dealer_activity_budget
from . import dealer_activity_effect
from . import dealer_activity_invitee_door
from . import dealer_activity_invitee_invite
from . import dealer_activity_invitee_page
from . import dealer_activity_invitee_reply
from . import dealer_activity_move
from . import dealer_activity_mission
from . import dealer_activity_lead
from . import dealer_activity_stop
from . import dealer_activity_route
from . import dealer_club
from . import dealer_followup_record_activity
from . import dealer_message_occasion
from . import dealer_reception_activity
