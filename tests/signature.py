"""What a customer draws on the pad."""

import base64
import io

from PIL import Image, ImageDraw


def drawn(size=(300, 100), strokes=True, ground=(255, 255, 255, 0), kind="PNG"):
    """A picture of a signature, as base64 text."""
    image = Image.new("RGBA", size, ground)
    if strokes:
        pen = ImageDraw.Draw(image)
        width, height = size
        points = [
            (width * step / 12, height * (0.3 if step % 2 else 0.7))
            for step in range(2, 11)
        ]
        pen.line(points, fill="darkblue", width=3)
    target = io.BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(target, kind)
    return base64.b64encode(target.getvalue()).decode()


SIGNATURE = drawn()
