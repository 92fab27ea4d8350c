# Questionnaires and satisfaction.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_csi_factor
from . import dealer_csi_model
from . import dealer_csi_score
from . import dealer_followup_survey
from . import dealer_followup_survey_link
from . import dealer_followup_survey_phone
from . import dealer_improvement
from . import dealer_service_step
from . import survey_question
from . import survey_survey
from . import survey_group
from . import survey_user_input
from . import survey_user_input_line
from . import survey_user_input_lounge
from . import res_company_lounge
