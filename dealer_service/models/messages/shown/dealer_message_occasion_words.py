from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools import groups
from ....tools.actions import open_dialog
from ....tools.messages.words import braces, directives, fault, new_braces


class DealerMessageOccasion(models.Model):
    """The words of an occasion are changed by who keeps its texts.

    Odoo lets template editors alone write a template with code, as all of ours are:
    whoever keeps texts is no programmer. So nobody gets a right on templates; words are
    written here, and what a text fills in can be moved and left out, not written.
    """

    _name = "dealer.message.occasion"
    _inherit = "dealer.message.occasion"

    # hides the button that would be refused
    may_edit_words = fields.Boolean(compute="_compute_may_edit_words")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_may_edit_words(self):
        for occasion in self:
            occasion.may_edit_words = not occasion._words_refusal()

    def action_edit_words(self):
        """Change the words of the texts."""
        self.ensure_one()
        self._check_keeper()
        return open_dialog(
            self.env["dealer.message.words"],
            self.env._("Edit the Words"),
            occasion_id=self.id,
        )

    # ------------------------------------------------------------------
    # RIGHTS
    # ------------------------------------------------------------------

    def _keeper_role(self):
        """The role that keeps the texts of this occasion. Hook."""
        self.ensure_one()
        return groups.MANAGER

    def _words_refusal(self):
        """Why the user may not change the words; ``None`` who may."""
        self.ensure_one()
        user = self.env.user
        if not self.has_access("read") or not user.has_group(self._keeper_role()):
            # the name of a role is no secret
            role = self.env.ref(self._keeper_role()).sudo()
            return AccessError(
                self.env._("The words of this occasion are kept by: %s", role.full_name)
            )
        return None if user._dealer_keeps_group() else self._group_error()

    def _check_keeper(self):
        """:raise AccessError: for who keeps other texts, or none"""
        if refusal := self._words_refusal():
            raise refusal

    # ------------------------------------------------------------------
    # WORDS
    # ------------------------------------------------------------------

    def _words(self, lang):
        """The words in a language, as they are edited."""
        self.ensure_one()
        # who keeps the words reads no templates else
        occasion = self.sudo().with_context(lang=lang)
        mail = occasion._mail_template(self.env.company)
        return {
            "sms": occasion.sms_template_id.body,
            "subject": mail.subject,
            "body": mail.body_html,
        }

    def _write_words(self, lang, words):
        """Change the words in a language.

        :raise AccessError: for who does not keep them
        :raise UserError: for what is no word, or says something else than what a
            provider has approved
        """
        self._check_keeper()
        # words alone are written: with the rights that nobody has on templates
        occasion = self.sudo().with_context(lang=lang)
        sms, mail = occasion.sms_template_id, occasion._mail_template(self.env.company)
        inline, known = occasion._known_program(sms, mail)
        before = self._words(lang)
        if sms and words["sms"] != before["sms"]:
            self._check_inline(words["sms"], inline)
            self._check_ours(sms)
            self._check_not_approved(sms, lang)
            sms.write({"body": (words["sms"] or "").strip()})
        if mail and (words["subject"], words["body"]) != (
            before["subject"],
            before["body"],
        ):
            self._check_inline(words["subject"], inline)
            self._check_letter(words["body"], known)
            self._check_ours(mail)
            mail.write({"subject": words["subject"], "body_html": words["body"]})
            # and as Odoo has cleaned it
            self._check_letter(mail.body_html, known)
        occasion._check_filled(lang)

    def _known_program(self, sms, mail):
        """What these texts fill in, in any language."""
        inline, known = set(), set()
        for code, _name in self.env["res.lang"].get_installed():
            letter = mail.with_context(lang=code)
            inline |= braces(sms.with_context(lang=code).body) | braces(letter.subject)
            known |= directives(letter.body_html)
        # a value that stands alone stands in a line as well, and the other way round
        alone = {found[0][1] for found in known if [n for n, _v in found] == ["t-out"]}
        return inline | alone, known | {(("t-out", value),) for value in inline}

    def _check_inline(self, words, known):
        if not (words or "").strip():
            raise UserError(self.env._("A text without words would say nothing."))
        if found := new_braces(words, known):
            raise self._program_error(found[0])

    def _check_letter(self, body, known):
        if found := fault(body, known):
            raise self._program_error(found)

    def _program_error(self, found):
        return UserError(
            self.env._(
                "“%s” does not stand in this text. What is filled in can be moved and "
                "left out; only an administrator adds to it.",
                found,
            )
        )

    def _check_ours(self, template):
        """:raise UserError: for a text that another app ships"""
        shipped = template.get_external_id()[template.id]
        module = shipped.partition(".")[0]
        if shipped and not module.startswith(("dealer_", "__export__")):
            raise UserError(
                self.env._(
                    "%s belongs to another app: an administrator changes it.",
                    template.name,
                )
            )

    def _check_not_approved(self, template, lang):
        """:raise UserError: for words that a provider has approved"""
        approved = template.dealer_approval_ids.filtered(lambda row: row.lang == lang)
        if approved:
            raise UserError(
                self.env._(
                    "The provider has approved these words, and sends no other: %s. "
                    "Delete the code under “Approved Texts”, change the words, apply "
                    "for them anew and enter the new code. Until then they are not "
                    "sent by text message.",
                    ", ".join(f"{row.company_id.name} {row.code}" for row in approved),
                )
            )

    def _check_filled(self, lang):
        """:raise UserError: for a text that would break when it is needed"""
        company = self.env.company
        example = self._example(company)
        for method in ("_sms_shown", "_mail_shown"):
            shown = self._shown_or_why_not(method, example, company, lang)
            if error := shown.get(f"{method}_error"):
                raise UserError(error)
