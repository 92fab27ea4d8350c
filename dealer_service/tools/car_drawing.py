"""The drawing of a car from five sides, with numbered damage marks, as SVG.

The drawings are the files ``static/src/img/car_<body>_<view>.svg``; the screens show
the same files. The right side is the left one in the mirror.
"""

import re
from functools import cache
from html import escape

from odoo.tools.misc import file_open

BODIES = ("sedan", "suv", "van", "pickup")
#: Side of the car: file of the drawing, and whether it is mirrored.
VIEWS = {
    "left": ("side", False),
    "right": ("side", True),
    "front": ("front", False),
    "rear": ("rear", False),
    "top": ("top", False),
}
#: Colour of each kind of damage, the same on paper and screen.
KIND_COLOURS = {
    "scratch": "#c2410c",
    "dent": "#1d4ed8",
    "crack": "#b91c1c",
    "chip": "#7e22ce",
    "rust": "#854d0e",
    "missing": "#111827",
    "other": "#475569",
}
#: Radius of a mark by severity, in units of the drawing.
RADII = {"light": 7, "medium": 8.5, "heavy": 10}


@cache
def read_drawing(body, view):
    """Width, height and inner SVG of a drawing.

    >>> read_drawing("sedan", "top")[:2]
    (400, 180)
    >>> read_drawing("spaceship", "top") == read_drawing("sedan", "top")
    True
    """
    if body not in BODIES:
        body = "sedan"
    with file_open(f"dealer_service/static/src/img/car_{body}_{view}.svg") as file:
        text = file.read()
    opening, inner = re.search(r"<svg([^>]*)>(.*)</svg>", text, re.S).groups()
    width, height = re.search(r'viewBox="0 0 (\d+) (\d+)"', opening).groups()
    style = re.sub(r'\s*(xmlns|viewBox)="[^"]*"', "", opening).strip()
    return int(width), int(height), f"<g {style}>{inner}</g>"


def drawing_svg(body, zone, marks=(), scale=1.0):
    """One side of the car as an ``<svg>`` element, for a page or a paper.

    :param str body: one of :data:`BODIES`; anything else is drawn as a sedan
    :param str zone: one of :data:`VIEWS`
    :param marks: rows of ``(label, x, y, kind, severity)``; ``x`` and ``y`` in percent
        of the drawing
    :param float scale: pixels for one unit of the drawing

    >>> svg = drawing_svg("suv", "right", [("3", 50, 50, "dent", "heavy")])
    >>> "scale(-1,1)" in svg, 'cx="200.0" cy="85.0" r="10"' in svg, ">3</text>" in svg
    (True, True, True)
    """
    view, is_mirrored = VIEWS[zone]
    width, height, inner = read_drawing(body, view)
    if is_mirrored:
        inner = f'<g transform="translate({width},0) scale(-1,1)">{inner}</g>'
    dots = "".join(_dot(width, height, *mark) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width * scale:.0f}" height="{height * scale:.0f}">{inner}{dots}'
        "</svg>"
    )


def _dot(width, height, label, x, y, kind, severity):
    colour = KIND_COLOURS.get(kind, KIND_COLOURS["other"])
    left, top = width * x / 100, height * y / 100
    return (
        f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{RADII.get(severity, 7)}"'
        f' fill="{colour}" stroke="#ffffff" stroke-width="1.5"/>'
        f'<text x="{left:.1f}" y="{top + 3.6:.1f}" text-anchor="middle" fill="#ffffff"'
        f' font-size="10" font-weight="bold" stroke="none"'
        f' font-family="Arial, sans-serif">{escape(str(label))}</text>'
    )
