"""Photos as a phone makes them."""

import io

from PIL import Image


def camera_photo(size=(2600, 1300), **exif):
    """A JPEG as a phone makes it, with the place in it."""
    image = Image.new("RGB", size, "red")
    data = Image.Exif()
    data[0x0112] = exif.get("orientation", 6)
    data.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=data)
    return target.getvalue()
