"""How many come: the numbers of a large shop on a Saturday morning."""

ADVISORS = 20
TECHNICIANS = 5
CALLERS = 3
LOUNGES = 2
PHONES = 50
