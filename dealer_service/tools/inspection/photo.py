"""Photos that strangers send: kept as plain pictures, nothing else. No ORM."""

import io

# registered by name: the library finds no kinds by itself once Odoo has started it
from PIL import (
    GifImagePlugin,  # noqa: F401
    Image,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

#: Kinds of files that a camera or a messenger makes.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: Pixels that are unpacked for one photo: more than a phone makes, some 100 MB.
MAX_PIXELS = 25_000_000
#: Pixels of a file that can be unpacked at a fraction of its size, as most cameras
#: write it; a file with more is an attack.
MAX_PIXELS_SCALED = 120_000_000


class PhotoTooLarge(ValueError):
    """A photo that would unpack to more than can be handled."""


def clean_photo(content, edge=1920):
    """A photo, turned upright, scaled down and without what the camera wrote into it:
    the place, above all.

    :param bytes content: the file as it was sent
    :param int edge: longest edge of the result, in pixels
    :return: bytes of a JPEG
    :raise PhotoTooLarge: when it unpacks to too much
    :raise ValueError: when it is no photo, or can not be opened

    >>> clean_photo(b"<svg onload='x()'/>")
    Traceback (most recent call last):
        ...
    ValueError: no photo
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            _check_pixels(image, MAX_PIXELS_SCALED)
            if not image.info.get("progressive"):
                # a progressive one is unpacked as a whole before it is scaled
                image.draft("RGB", (edge, edge))
            _check_pixels(image, MAX_PIXELS)
            picture = image.convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("no photo") from None
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
    ImageOps.exif_transpose(picture, in_place=True)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=82, optimize=True)
    return target.getvalue()


def _check_pixels(image, limit):
    if image.width * image.height > limit:
        raise PhotoTooLarge("too many pixels")
