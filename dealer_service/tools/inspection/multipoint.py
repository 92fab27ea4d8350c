"""Values of an inspection by item: what they mean, and how they go on. No ORM."""

#: From good to bad.
COLOURS = ("green", "amber", "red")
#: Cars wear by thousands of kilometres: what lies closer together tells nothing.
LEAST_KM = 1000


def judge(value, amber, red, worse="low"):
    """The colour of a measured value. What is exactly at a limit still keeps it.

    :param str worse: ``low`` where less is worse (tread), ``high`` where more is

    >>> judge(1.5, 3.0, 1.6), judge(1.6, 3.0, 1.6), judge(3.0, 3.0, 1.6)
    ('red', 'amber', 'green')
    >>> judge(3.4, 2.0, 3.0, "high"), judge(2.5, 2.0, 3.0, "high")
    ('red', 'amber')

    What is written as 1.6 is 1.6, however the machine keeps it:

    >>> judge(0.1 + 0.2, 0.3, 0.1)
    'green'
    """
    sign = 1 if worse == "low" else -1
    value, amber, red = (round(sign * number, 4) for number in (value, amber, red))
    if value < red:
        return "red"
    return "amber" if value < amber else "green"


def worst(*colours):
    """The worst of some colours.

    >>> worst("amber", "red", "green")
    'red'
    """
    return max(colours, key=COLOURS.index)


def is_due(reading, every, tolerance):
    """Whether a car with this reading comes for the service of every so many km.

    >>> is_due(39_400, 40_000, 1000), is_due(40_900, 40_000, 1000)
    (True, True)
    >>> is_due(20_000, 40_000, 1000), is_due(300, 40_000, 1000)
    (False, False)
    >>> is_due(12_345, 0, 0)
    True
    """
    if not every:
        return True
    nearest = round(reading / every) * every
    return nearest > 0 and abs(reading - nearest) <= tolerance


def scale(low, high, step):
    """The values that are offered to be tapped.

    >>> scale(1, 3, 0.5)
    [1, 1.5, 2, 2.5, 3]
    >>> scale(12.6, 12.4, 0.1), scale(0, 1, 0)
    ([], [])
    """
    if step <= 0 or high < low:
        return []
    count = int(round((high - low) / step, 6)) + 1
    values = [round(low + step * number, 4) for number in range(min(count, 25))]
    return [int(value) if value == int(value) else value for value in values]


def km_left(before, now, red):
    """In how many km a value that wears evenly comes to its limit; hundreds, or None.

    None where nothing can be said: it has not worn, or is at the limit already. Two
    readings are no law: the figure is an estimate, and is called one.

    :param before: pair of the km and the value of an earlier visit
    :param now: the same of this visit

    >>> km_left((20_000, 6.0), (40_000, 4.0), 1.6)
    24000
    >>> km_left((8_000, 6.4), (20_000, 2.4), 1.6)
    2400
    >>> km_left((39_800, 6.0), (40_000, 4.0), 1.6) is None
    True
    >>> km_left((20_000, 4.0), (40_000, 7.5), 1.6) is None
    True
    >>> km_left((20_000, 4.0), (40_000, 1.5), 1.6) is None
    True
    """
    km, worn = now[0] - before[0], now[1] - before[1]
    left = red - now[1]
    if km < LEAST_KM or not worn or left * worn <= 0:
        return None
    return int(round(left / worn * km, 3) // 100 * 100)
