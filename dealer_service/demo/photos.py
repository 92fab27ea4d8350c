"""Photos of the demo dealership's rounds: drawn, for no camera has been there."""

import base64
import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = (960, 720)


def photo_of(point):
    """What the camera saw at a point of the round.

    :param str point: the last part of its XML id
    :return: a JPEG in base64; ``None`` where nobody took one
    """
    draw = {
        "workshop_tidy": _floor,
        "waiting_clean": _table,
        "offer_drinks": _cups,
    }.get(point)
    if not draw:
        return None
    dice = random.Random(point)
    picture = _as_taken(draw(dice), dice)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=78)
    return base64.b64encode(content.getvalue())


def _as_taken(picture, dice):
    """Light from one side, the grain of a telephone's camera, and not quite sharp."""
    light = Image.linear_gradient("L").rotate(dice.choice((90, 180))).resize(SIZE)
    light = light.point(lambda value: 150 + value * 105 // 255)
    picture = ImageChops.multiply(picture, Image.merge("RGB", [light] * 3))
    picture = picture.filter(ImageFilter.GaussianBlur(1.4))
    grain = Image.effect_noise(SIZE, 22)
    return Image.blend(picture, Image.merge("RGB", [grain] * 3), 0.09)


def _stain(picture, dice, middle, size, colour):
    """A spot with a soft edge."""
    mask = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(mask)
    for _blot in range(14):
        x = middle[0] + dice.randint(-size, size)
        y = middle[1] + dice.randint(-size // 3, size // 3)
        wide, high = dice.randint(size // 3, size), dice.randint(size // 6, size // 2)
        pen.ellipse((x - wide, y - high, x + wide, y + high), fill=215)
    mask = mask.filter(ImageFilter.GaussianBlur(7))
    picture.paste(Image.new("RGB", SIZE, colour), (0, 0), mask)


def _floor(dice):
    """Epoxy floor of a bay, its yellow line, and oil on it."""
    picture = Image.new("RGB", SIZE, (128, 139, 142))
    pen = ImageDraw.Draw(picture)
    for step in range(7):
        y = 60 + step * step * 20
        pen.line((0, y, SIZE[0], y), fill=(112, 121, 125), width=2)
    pen.polygon(((60, 720), (330, 0), (362, 0), (128, 720)), fill=(214, 178, 44))
    _stain(picture, dice, (600, 440), 120, (38, 34, 30))
    _stain(picture, dice, (770, 560), 36, (52, 46, 40))
    return picture


def _table(dice):
    """A low table of the waiting area, with ash and rings of tea."""
    picture = Image.new("RGB", SIZE, (176, 168, 158))
    pen = ImageDraw.Draw(picture)
    pen.polygon(((70, 250), (890, 210), (960, 720), (0, 720)), fill=(118, 82, 52))
    for step in range(16):
        y = 270 + step * 29
        edge = (y - 250) // 7
        pen.line((72 - edge, y, 888 + edge, y - 24), fill=(106, 73, 46), width=3)
    for x, y in ((330, 420), (640, 560)):
        pen.ellipse((x - 62, y - 34, x + 62, y + 34), outline=(74, 46, 24), width=7)
    pen.ellipse((520, 300, 700, 392), fill=(58, 60, 64))
    pen.ellipse((544, 314, 676, 376), fill=(122, 120, 116))
    for _flake in range(150):
        x, y = dice.gauss(560, 90), dice.gauss(430, 45)
        pen.ellipse((x, y, x + dice.randint(3, 9), y + 4), fill=(196, 194, 190))
    return picture


def _cups(_dice):
    """The drinks dispenser, and the empty holder of the cups beside it."""
    picture = Image.new("RGB", SIZE, (206, 202, 194))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 560, 960, 720), fill=(146, 118, 88))
    pen.rounded_rectangle((150, 90, 520, 590), 22, fill=(232, 234, 236))
    pen.rounded_rectangle((185, 130, 485, 300), 12, fill=(64, 88, 112))
    for x in (255, 405):
        pen.rectangle((x - 16, 330, x + 16, 392), fill=(88, 92, 96))
    pen.rectangle((190, 500, 480, 540), fill=(120, 124, 128))
    pen.rounded_rectangle((640, 150, 730, 560), 18, fill=(222, 224, 226))
    pen.rectangle((652, 170, 718, 540), fill=(164, 168, 172))
    pen.ellipse((640, 538, 730, 572), fill=(96, 98, 102))
    return picture
