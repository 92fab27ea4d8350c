"""A day at the screens: several people, each at the own device, only by hand.

How many presses a job takes stands in `docs/screens.md`. After a change of a screen,
write it anew with `TOUCHES=write make test ARGS=tests/browser/walks`.
"""

import contextlib
import io
import os
import pathlib
import tempfile

from PIL import Image

from ...docs.pages import page as read_page
from ...docs.pages import rows, section
from ...test_conventions import ROOT
from ..live import LiveCase
from .hand import Hand

#: Size of the screen, and whether it is touched.
DESK = ("1280x800", False)
TABLET = ("768x1024", True)
PHONE = ("390x844", True)
NAME = "docs/screens.md"
TITLE = "What a job takes"
#: The column of a device in the table, behind the job and what it took before.
COLUMNS = {DESK: 2, TABLET: 3, PHONE: 4}


def told_touches():
    """The rows of the page: what a job took, and takes on each device."""
    return {cells[0]: cells[1:] for cells in rows(section(read_page(NAME), TITLE))}


class WalkCase(LiveCase):
    """Opens the screens of several people and counts what they press."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).write({"lang": "zh_CN", "tour_enabled": False})
        cls.env["ir.default"].set("res.partner", "lang", "zh_CN")
        (cls.customer | cls.company.partner_id).lang = "zh_CN"
        cls.open_around_the_clock()

    @contextlib.contextmanager
    def walk(self, *people):
        """:class:`Hand` of each; at the end the presses are compared with the page.

        :param people: path, login and device of each
        """
        visits = [(path, login, *device) for path, login, device in people]
        with self.open_pages(*visits) as pages:
            hands = [
                Hand(page, device[1], COLUMNS[device])
                for page, (_path, _login, device) in zip(pages, people, strict=True)
            ]
            yield hands
        for hand in hands:
            for job, touches in hand.touches.items():
                self._compare(job, hand.column, touches)

    def _compare(self, job, column, touches):
        told = told_touches()
        self.assertIn(job, told, f"{NAME} does not know this job")
        cells = [job, *told[job]]
        if os.environ.get("TOUCHES") == "write":
            old = " | ".join(cells)
            cells[column] = str(touches)
            text = read_page(NAME).replace(f"| {old} |", f"| {' | '.join(cells)} |")
            (ROOT / NAME).write_text(text, encoding="utf-8")
        self.assertEqual(cells[column], str(touches), job)

    def take_photo(self):
        """The path of a photo, as a camera makes it."""
        picture = io.BytesIO()
        Image.new("RGB", (80, 60), "gray").save(picture, "JPEG")
        path = pathlib.Path(tempfile.mkdtemp()) / "photo.jpg"
        self.addCleanup(path.parent.rmdir)
        self.addCleanup(path.unlink)
        path.write_bytes(picture.getvalue())
        return str(path)
