# The wings, in the order they are loaded: each builds on those above it.
# What belongs where: docs/architecture.md.
from . import rule  # care rules: whom to call when, segments
from . import call  # the calls: work list, dials, results, opting out
from . import customer  # classes and stages of life, relations, consents
from . import survey  # questionnaires and satisfaction
from . import activity  # customer activities: audience, invitations, replies, effect
from . import newcar  # new cars are handed over: list, advisor, first service
from . import shop  # settings, home, digest
