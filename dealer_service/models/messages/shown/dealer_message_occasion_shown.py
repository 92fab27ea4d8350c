from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.actions import open_dialog
from ....tools.messages.example import Example
from ..res_company_sms import APIS


class DealerMessageOccasion(models.Model):
    """What an occasion says about a record, in each language of the shop."""

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    # hides the button that would be refused
    may_preview = fields.Boolean(compute="_compute_may_preview")

    @api.depends_context("uid")
    def _compute_may_preview(self):
        self.may_preview = self.env["dealer.message.preview"].has_access("create")

    def action_preview(self):
        """See the texts with the data of a record, or with made-up data."""
        self.ensure_one()
        self.check_access("read")
        return open_dialog(
            self.env["dealer.message.preview"],
            self.env._("Preview"),
            occasion_id=self.id,
        )

    def _texts_of_all_languages(self, record=None):
        """The texts for the preview.

        :param record: what they are about; without one, made-up data
        :return: for each installed language a dict: ``name``; ``sms`` (with its
            signature), ``size`` in words and ``fault`` (why it would not be sent);
            ``subject`` and ``body`` of the mail; ``_sms_shown_error`` or
            ``_mail_shown_error`` instead of a text that is broken
        """
        self.ensure_one()
        company = self.env.company
        if record:
            company = self.env["dealer.customer.message"]._company_of(record)
        texts = []
        for code, name in self.env["res.lang"].get_installed():
            about = record or self.with_context(lang=code)._example(company)
            texts.append(
                {
                    "name": name,
                    **self._shown_or_why_not("_sms_shown", about, company, code),
                    **self._shown_or_why_not("_mail_shown", about, company, code),
                }
            )
        return texts

    def _shown_or_why_not(self, method, *arguments):
        """A text that is broken says what is wrong with it."""
        try:
            return getattr(self, method)(*arguments)
        except UserError as error:
            return {f"{method}_error": str(error)}

    def _sms_shown(self, record, company, lang):
        template, fault = self.sms_template_id, False
        if not template:
            return {}
        if company.dealer_sms_provider in APIS:
            said = template._dealer_message(record, company, lang)
            service = company._dealer_sms_api()
            approval = self.env["dealer.sms.approval"].browse(said["sms_approval_id"])
            text = said["text"]
            if not approval:
                fault = service._no_template()
            else:
                fault = service._faulty(approval, said["sms_variables"] or [])
        else:
            text = self._sms_text(record, lang)
        return {
            "sms": company._message_signed(text),
            "size": company._message_size_words(text),
            "fault": fault,
        }

    def _mail_shown(self, record, company, lang):
        template = self._mail_template(company).with_context(lang=lang)
        if not template:
            return {}
        if isinstance(record, Example):
            return {
                "subject": record._inline(template.subject or ""),
                "body": record._letter(template.body_html or ""),
            }
        render = template._render_field
        return {
            "subject": render("subject", record.ids, set_lang=lang)[record.id],
            "body": render("body_html", record.ids, set_lang=lang)[record.id],
        }
