"""Photos that strangers send: kept as plain pictures, nothing else. No ORM."""

import io

from PIL import Image, ImageOps

#: Kinds of files that a camera or a messenger makes.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: More than the best cameras have; a file that unpacks to more is an attack.
MAX_PIXELS = 120_000_000


def clean_photo(content, edge=1920):
    """A photo, turned upright, scaled down and without what the camera wrote into it:
    the place, above all.

    :param bytes content: the file as it was sent
    :param int edge: longest edge of the result, in pixels
    :return: bytes of a JPEG
    :raise ValueError: when it is no photo, or can not be opened

    >>> clean_photo(b"<svg onload='x()'/>")
    Traceback (most recent call last):
        ...
    ValueError: no photo
    """
    Image.init()
    # WebP is not in every build of the library
    formats = [kind for kind in FORMATS if kind in Image.OPEN]
    try:
        with Image.open(io.BytesIO(content), formats=formats) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ValueError("too many pixels")
            image.draft("RGB", (edge, edge))
            picture = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise ValueError("no photo") from None
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=82, optimize=True)
    return target.getvalue()
