"""Opens the scenes of :mod:`.scenes` on the database of a demo dealership."""

import contextlib

from tests.browser.devtools import DevToolsCase

from .scenes import DESK

#: Nothing moves any more, and every picture and letter has come.
STILL = (
    "document.fonts.status === 'loaded'"
    " && [...document.images].every((image) => image.complete)"
    " && !document.querySelector('.o_loading_indicator, .o_blockUI')"
)


class SceneCase(DevToolsCase):
    @contextlib.contextmanager
    def open_scene(self, scene, language):
        """The page of a scene in a language, all of it there and at rest."""
        self.env["res.partner"].search([("lang", "!=", language)]).lang = language
        self.env["res.lang"]._activate_lang(language)
        # the language of whoever looked before is remembered by the server
        self.env.registry.clear_cache()
        with self.open_page(self.path(scene, language), scene.login) as page:
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
            yield page

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
        page.send(
            "Emulation.setTimezoneOverride", timezoneId=self.env.company.dealer_tz
        )
        page.send("Page.reload")

    def path(self, scene, language):
        if not scene.record:
            return scene.path
        model, condition = scene.record
        record = self.env[model].search(condition, order="id desc", limit=1)
        self.assertTrue(record, f"the demo has no {model} for {scene.name}")
        if scene.path:
            key = record[scene.key] if "{key}" in scene.path else ""
            return scene.path.format(id=record.id, key=key, lang=language)
        if "access_url" not in record._fields:
            return record._page_summary()["url"]
        record._portal_ensure_token()
        return f"{record.access_url}?access_token={record.access_token}"
