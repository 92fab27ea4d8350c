"""Takes the pictures of :mod:`.scenes`."""

import io
import os

from PIL import Image

from odoo.tests import tagged

from tools.sandbox.common import REPO

from .scene_case import SceneCase
from .scenes import SCENES

LANGUAGES = {"zh": "zh_CN", "en": "en_US"}
COLOURS = 255


@tagged("post_install", "-at_install")
class PictureScreens(SceneCase):
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
                        with self.open_scene(scene, code) as page:
                            self.keep(page.screenshot(), files)

    def keep(self, picture, files):
        """Write it where it is shown, with as few bytes as it takes."""
        small = io.BytesIO()
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(
            small, "PNG", optimize=True
        )
        for file in files:
            (REPO / file).write_bytes(small.getvalue())
