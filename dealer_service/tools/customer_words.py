"""How much a customer may write in one place, whichever page he writes on."""

from odoo.exceptions import ValidationError

#: Characters; a letter of two pages has half as many.
MAX_WORDS = 10_000
#: What stands in one line: a code, a number of another program, a short reason.
MAX_CODE = 100
MAX_LINE = 1000


def check_length(records, *names, most=MAX_WORDS):
    """Refuse texts that nobody can read, and that fill the database.

    :param names: fields that hold a customer's words
    :param int most: how many characters are possible
    :raise ValidationError: naming the field, and how much is possible
    """
    for record in records:
        for name in names:
            if len(record[name] or "") > most:
                raise ValidationError(
                    record.env._(
                        "“%(field)s” is too long: %(length)s characters. Please "
                        "shorten it to %(most)s at most.",
                        field=record._fields[name]._description_string(record.env),
                        length=len(record[name]),
                        most=most,
                    )
                )
