"""What there is of a part, and what is on its way, shared by those who need it."""


class Supply:
    """The stock of one part. Whoever comes first takes first.

    >>> supply = Supply(3, [("Tuesday", 2), ("Friday", 4)])
    >>> supply.take(2)
    ('here', None)
    >>> supply.take(2)
    ('ordered', 'Tuesday')
    >>> supply.take(1)
    ('ordered', 'Tuesday')
    >>> supply.take(1)
    ('ordered', 'Friday')
    >>> supply.take(9)
    ('needed', None)

    What is reserved already takes nothing more:

    >>> supply.take(0)
    ('here', None)
    """

    def __init__(self, free, arrivals):
        """
        :param free: what lies in stock, and is reserved for nobody
        :param arrivals: pairs of moment and quantity, the next one first
        """
        self.free = max(free, 0)
        self.arrivals = [list(arrival) for arrival in arrivals]

    def take(self, quantity):
        """Take what somebody needs, or nothing where it would not suffice.

        :return: pair of ``here``, ``ordered`` or ``needed``, and the moment at which
            the last piece of it comes
        """
        if quantity <= self.free:
            self.free -= max(quantity, 0)
            return "here", None
        if quantity > self.free + sum(piece for _moment, piece in self.arrivals):
            return "needed", None
        rest, self.free = quantity - self.free, 0
        while rest > 0:
            moment, piece = self.arrivals[0]
            taken = min(piece, rest)
            rest -= taken
            self.arrivals[0][1] -= taken
            if not self.arrivals[0][1]:
                self.arrivals.pop(0)
        return "ordered", moment
