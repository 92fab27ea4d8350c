# The wings, in the order they are loaded: each builds on those above it.
# What belongs where: docs/architecture.md.
from . import common  # what every wing builds on: mixins, states, prices, threads
from . import shop  # the dealership: opening hours, workdays, places, live boards
from . import car  # cars and their owners, what is known of them, search and import
from . import messages  # messages that arrive: occasions, ways, hours, the queue
from . import visit  # the visit itself, its steps, standards, concerns and promise
from . import calls  # telephone calls as the exchange reports them
from . import walkaround  # the walk around the car: damage, lamps, the signed sheet
from . import booking  # appointments: slots, reminders, preparation, no-shows
from . import guest  # first visits, and customers who watch the repair
from . import orders  # estimates, consent, settlement, invoices, declined work
from . import multipoint  # the inspection by item: limits, colours, what follows
from . import voucher  # promises of money or work, kept at a settlement
from . import parts  # what a visit needs of parts, and where they are
from . import workshop  # jobs, work logs, the plan, quality, comebacks
from . import past  # visits of the old system, taken over from files
from . import factory  # warranty claims, old parts: what the manufacturer pays
from . import improvement  # weak link, target, what was changed, and the result
from . import facility  # the rooms of the shop, and the daily round through them
from . import staff  # a month of each person: figures, points, what was said
from . import public
from . import online  # what everybody may know: prices, rights, and what was posted
from . import boards  # home, lane and lounge: what is looked at all day
from . import gate  # paid before the key, on account, and out through the gate
from . import customer  # what customers see of us, and what is kept of them
