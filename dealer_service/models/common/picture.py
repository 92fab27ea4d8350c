import base64

from odoo.exceptions import ValidationError


def check_picture(records, name):
    """Odoo takes any text for a drawing (SVG): on paper that is a hole, on a page more.

    :param str name: the field that holds the picture
    :raise ValidationError: naming the field
    """
    for record in records.with_context(bin_size=False):
        if record[name] and base64.b64decode(record[name][:4]).startswith(b"<"):
            raise ValidationError(
                record.env._(
                    "“%(field)s” must be an image, such as a JPEG or PNG.",
                    field=record._fields[name]._description_string(record.env),
                )
            )
