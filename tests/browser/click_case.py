"""Odoo's own click robot walks through an app and fails on any error dialog."""

from odoo.tests import HttpCase

START = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader')"
    ".startClickEverywhere('%s');"
)


class ClickCase(HttpCase):
    allow_end_on_form = True

    def click_through(self, login, app):
        """Open every menu, view and filter that the user ``login`` has of an app."""
        self.browser_js(
            "/odoo",
            START % app,
            "odoo.isReady === true",
            login=login,
            timeout=900,
            success_signal="clickbot test succeeded",
        )
