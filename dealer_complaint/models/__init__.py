# The wings, in the order they are loaded: each builds on those above it.
# What belongs where: docs/architecture.md.
from . import common  # what every wing builds on: states, stored conditions
from . import clock  # policies, clocks and what they have recorded
from . import complaint  # the complaint itself: intake, process, contacts, merging
from . import desk  # pauses to decide, the next step
from . import car  # what cars, visits and customers show; warranty by law
from . import customer  # the ways in: mail, page, form; the answer and the rating
from . import remedy  # what is done about it: actions, authorities, the manufacturer
from . import value  # what a complaint has cost, and how often cars come back
from . import shop  # settings, home, digest
