# Jobs, work logs, the plan, quality, comebacks.
# Loaded in this order, which names do not decide: a model before its parts.
from . import dealer_job
from . import dealer_job_plan
from . import dealer_job_work
from . import dealer_job_board
from . import dealer_job_board_bookings
from . import dealer_job_board_moves
from . import dealer_job_card
from . import dealer_job_finding
from . import dealer_job_overrun
from . import dealer_job_team
from . import dealer_quality_check
from . import dealer_reception_comeback
from . import dealer_reception_evidence
from . import dealer_reception_quality
from . import dealer_reception_workshop
from . import dealer_repair_warranty
from . import dealer_work_log
from . import dealer_work_log_share
from . import sale_order_workshop
