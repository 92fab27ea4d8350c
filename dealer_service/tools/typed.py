"""What somebody typed into the one box for a car: a plate, a VIN, a phone, a name."""

from .plate import format_plate, plate_form
from .text_key import normalize_key
from .vin import vin_key


def sort_typed(text):
    """Where ``text`` belongs: the kind of it, and how it is written there.

    :return: tuple of ``plate``, ``vin``, ``phone`` or ``name`` and the text; nothing
        typed is ``None, ""``

    >>> sort_typed("皖b a1234")
    ('plate', '皖B·A1234')
    >>> sort_typed("13912345678"), sort_typed("赵敏")
    (('phone', '13912345678'), ('name', '赵敏'))
    >>> sort_typed("LVVDB11B5RD045678"), sort_typed(" ")
    (('vin', 'LVVDB11B5RD045678'), (None, ''))
    """
    text = (text or "").strip()
    key = normalize_key(text)
    if not key:
        return None, ""
    if plate_form(text):
        return "plate", format_plate(text)
    if len(vin_key(text)) == 17:
        return "vin", key
    if key.isdecimal() and len(key) >= 7:
        return "phone", text
    if key.isalpha():
        return "name", text
    return "plate", format_plate(text)
