"""Signatures drawn on a screen: a picture of a size, with strokes. No ORM."""

import base64
import binascii
import io

from PIL import Image

#: Characters of a signature as it is sent; a pad of a large screen needs a tenth.
MAX_LENGTH = 1_000_000
#: Pixels of the largest pad there is, four times as dense as the eye sees.
MAX_PIXELS = 4_000_000
MIN_WIDTH, MIN_HEIGHT = 60, 20
#: Strokes are darker than this (0 is black), on a ground that stays mostly empty.
INK = 160
MIN_INK_PIXELS = 60
MIN_INK_EXTENT = 15
MAX_INK_SHARE = 0.4


def clean_signature(content):
    """A drawn signature, checked and drawn anew on white.

    :param content: base64 of a PNG or JPEG, text or bytes
    :return: base64 (bytes) of a PNG
    :raise ValueError: when it is no picture, too small or large, empty, or filled

    >>> clean_signature("PGh0bWw+PC9odG1sPg==")
    Traceback (most recent call last):
        ...
    ValueError: no picture
    """
    if not isinstance(content, (str, bytes)) or len(content) > MAX_LENGTH:
        raise ValueError("no picture")
    try:
        data = base64.b64decode(content, validate=True)
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
            width, height = image.size
            if width * height > MAX_PIXELS or width < MIN_WIDTH or height < MIN_HEIGHT:
                raise ValueError("not of the size of a signature")
            drawn = image.convert("RGBA")
    except (binascii.Error, OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("no picture") from None
    page = Image.new("RGBA", drawn.size, "white")
    page.alpha_composite(drawn)
    ink = page.convert("L").point(lambda grey: 255 if grey < INK else 0)
    count = ink.histogram()[255]
    left, upper, right, lower = ink.getbbox() or (0, 0, 0, 0)
    if (
        count < MIN_INK_PIXELS
        or max(right - left, lower - upper) < MIN_INK_EXTENT
        or count > MAX_INK_SHARE * width * height
    ):
        raise ValueError("no strokes")
    target = io.BytesIO()
    page.convert("RGB").save(target, "PNG", optimize=True)
    return base64.b64encode(target.getvalue())
