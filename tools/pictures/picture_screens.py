"""Takes the pictures of :mod:`.scenes`, on the database of a demo dealership."""

import io
import os

from PIL import Image

from odoo.tests import tagged

from tests.browser.devtools import DevToolsCase
from tools.sandbox.common import REPO

from .scenes import DESK, SCENES

LANGUAGES = {"zh": "zh_CN", "en": "en_US"}
#: Nothing moves any more, and every picture and letter has come.
STILL = (
    "document.fonts.status === 'loaded'"
    " && [...document.images].every((image) => image.complete)"
    " && !document.querySelector('.o_loading_indicator, .o_blockUI')"
)
COLOURS = 255
ZONE = "Asia/Shanghai"


@tagged("post_install", "-at_install")
class PictureScreens(DevToolsCase):
    def test_pictures(self):
        """PICTURES names some of them; without it all are taken."""
        wanted = os.environ.get("PICTURES", "").split()
        scenes = [scene for scene in SCENES if not wanted or scene.name in wanted]
        self.assertTrue(scenes, f"no picture is called {wanted}")
        for scene in scenes:
            for language, code in LANGUAGES.items():
                files = list(scene.targets(language))
                if files:
                    with self.subTest(scene=scene.name, language=language):
                        self.keep(self.picture(scene, code), files)

    def picture(self, scene, code):
        """The screen of a scene in a language, as a PNG."""
        self.env["res.partner"].search([("lang", "!=", code)]).lang = code
        self.env["res.lang"]._activate_lang(code)
        with self.open_page(self.path(scene), scene.login) as page:
            self.hold(page, scene)
            page.wait_for(scene.ready)
            for selector in scene.clicks:
                page.click(selector)
            if scene.look_at:
                page.wait_for(scene.look_at)
                page.js(
                    f"document.querySelector({scene.look_at!r})"
                    ".scrollIntoView({block: 'start'})"
                )
            page.wait(STILL)
            page.wait_frames(20)
            return page.screenshot()

    def hold(self, page, scene):
        """The device of whoever looks, in the town of the dealership."""
        width, height = scene.size
        page.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < DESK[0] / 2,
        )
        page.send("Emulation.setTimezoneOverride", timezoneId=ZONE)
        page.send("Page.reload")

    def path(self, scene):
        if not scene.record:
            return scene.path
        model, condition = scene.record
        record = self.env[model].search(condition, order="id desc", limit=1)
        self.assertTrue(record, f"the demo has no {model} for {scene.name}")
        if scene.path:
            return scene.path.format(id=record.id)
        if "access_url" not in record._fields:
            return record._page_summary()["url"]
        record._portal_ensure_token()
        return f"{record.access_url}?access_token={record.access_token}"

    def keep(self, picture, files):
        """Write it where it is shown, with as few bytes as it takes."""
        small = io.BytesIO()
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
        for file in files:
            (REPO / file).write_bytes(small.getvalue())
