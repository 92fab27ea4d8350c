"""Codes of copies."""

from itertools import count


def copy_code(code, taken):
    """The code of a copy that nobody has yet.

    >>> copy_code("visit", set()), copy_code("visit", {"visit_copy", "visit_copy2"})
    ('visit_copy', 'visit_copy3')
    """
    names = (f"{code}_copy{'' if number == 1 else number}" for number in count(1))
    return next(name for name in names if name not in taken)
