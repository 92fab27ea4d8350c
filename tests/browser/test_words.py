"""The words of a text in the editor of the browser: what is filled in survives it."""

from odoo.tests import tagged

from odoo.addons.dealer_service.tools.messages.words import directives

from ..common import DealerServiceCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestWords(DealerServiceCase, DevToolsCase):
    def test_letter_is_changed_in_the_editor(self):
        self.env["res.users"].search([]).tour_enabled = False
        self.manager.lang = "en_US"
        occasion = self.env.ref("dealer_service.dealer_message_occasion_estimate")
        template = occasion.mail_template_id.with_context(lang="en_US")
        before = directives(template.body_html)
        self.assertGreater(len(before), 4)
        path = f"/odoo/message-occasions/{occasion.id}"
        with self.open_page(path, login=self.manager.login) as page:
            page.click("button[name=action_edit_words]")
            page.wait_for(".modal .odoo-editor-editable")
            page.click(".modal .odoo-editor-editable p")
            page.send("Input.insertText", text="Good news! ")
            page.click(".modal button[name=action_save]")
            page.wait_for(".modal .o_dealer_letter")
            self.assertIn("Good news!", page.text(".modal .o_form_sheet"))
        template.invalidate_recordset()
        self.assertIn("Good news!", template.body_html)
        self.assertEqual(directives(template.body_html), before)
