import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.rendering_tools import parse_inline_template

from ...tools.messages.example import Example
from ...tools.messages.variables import variable

PROVIDERS = [("aliyun", "Aliyun"), ("tencent", "Tencent Cloud")]
#: Stands between two values that are rendered at once: in no text that people write.
_BETWEEN = "\x1e"
_NAME = re.compile(r"\w+")
#: Stands in the approved words of a shop, not among its variables: the beginning of
#: an address, see ``dealer.message.link``.
_LINK_START = "object._link_start()"


class DealerSmsApproval(models.Model):
    """A text message that a provider has approved for a shop, in one language.

    In China no other text may be sent. The words are those of Odoo's template, what
    stands in braces there is a variable of the approved text, in the same order.
    """

    _name = "dealer.sms.approval"
    _description = "Approved Text Message"
    _order = "template_id, company_id, provider, lang, id"
    _rec_name = "code"

    template_id = fields.Many2one(
        "sms.template", "Text Message", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    provider = fields.Selection(
        PROVIDERS,
        required=True,
        default=lambda self: self._default_provider(),
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self.env.lang,
    )
    code = fields.Char(
        "Code at the Provider",
        required=True,
        help="Aliyun: SMS_ and digits. Tencent Cloud: digits.",
    )
    variables = fields.Char(
        "Names of the Variables",
        help="As they stand in the approved text, in the order of the braces of the "
        "text message, with commas between. Tencent Cloud has numbers: 1,2,3.",
    )
    variable_size = fields.Integer(
        "Longest Value",
        required=True,
        default=35,
        help="So many characters a variable may have, as the provider says. Names and "
        "words that are longer are cut.",
    )
    empty_value = fields.Char(
        "Instead of Nothing",
        default=lambda self: self.env._("us"),
        help="Filled in where a value is missing, as in “please call …” without a "
        "hotline: no provider takes an empty one. Without it such a message is "
        "refused.",
    )
    text = fields.Text(
        compute="_compute_text",
        help="The text message with the names of its variables: the words that the "
        "provider is asked to approve.",
    )

    _once_uniq = models.UniqueIndex(
        "(template_id, company_id, provider, lang)",
        "A text is approved once for each shop, provider and language.",
    )
    _variable_size_positive = models.Constraint(
        "CHECK(variable_size > 0)", "A variable has at least one character."
    )

    @api.model
    def _default_provider(self):
        provider = self.env.company.dealer_sms_provider
        return provider if provider in dict(PROVIDERS) else "aliyun"

    @api.depends("template_id.body", "company_id", "variables", "lang", "provider")
    def _compute_text(self):
        for approval in self:
            names = iter(approval._variable_names())
            pattern = "{%s}" if approval.provider == "tencent" else "${%s}"
            template = approval.template_id.with_context(lang=approval.lang)
            approval.text = "".join(
                words + (pattern % next(names, "?") if value else "")
                for words, value in template._dealer_parts(approval.company_id)
            )

    @api.constrains("template_id", "company_id", "variables", "lang")
    def _check_variables(self):
        for approval in self:
            template = approval.template_id.with_context(lang=approval.lang)
            parts = template._dealer_parts(approval.company_id)
            wanted = sum(1 for _words, value in parts if value)
            names = approval._variable_names()
            if (
                len(names) != wanted
                or len(set(names)) != wanted
                or not all(map(_NAME.fullmatch, names))
            ):
                raise ValidationError(
                    self.env._(
                        "“%(template)s” needs %(count)s names of variables.",
                        template=template.name,
                        count=wanted,
                    )
                )

    def _variable_names(self):
        self.ensure_one()
        names = re.split(r"[,，、]", self.variables or "")
        return [name.strip() for name in names if name.strip()]


class SmsTemplate(models.Model):
    """What of a text message is a variable of the text that a provider approved."""

    _name = "sms.template"
    _inherit = "sms.template"

    dealer_approval_ids = fields.One2many(
        "dealer.sms.approval", "template_id", "Approved Texts"
    )

    def _dealer_parts(self, company):
        """The text in the language of the context: pairs of words and the braces that
        follow them, which the last pair may lack. None for no template.

        The domain of a link is among the words: a provider approves it with them.
        """
        pairs, before = [], ""
        for words, expression, default in parse_inline_template(self.body or ""):
            before += words
            if (expression or "").strip() == _LINK_START:
                before += company._link_start()
                continue
            braces = ""
            if expression:
                tail = f" ||| {default}" if default else ""
                braces = "{{ " + expression + tail + " }}"
            pairs.append((before, braces))
            before = ""
        return [*pairs, (before, "")] if before else pairs

    def _dealer_approval(self, company, lang):
        """The approved text of a shop, in this language or in the shop's own."""
        # who sends a message keeps no texts
        rows = self.sudo().dealer_approval_ids.filtered(
            lambda row: (
                row.company_id == company
                # nor reads settings
                and row.provider == company.sudo().dealer_sms_provider
            )
        )
        for wanted in (lang, company.partner_id.lang):
            if found := rows.filtered(lambda row: row.lang == wanted):  # noqa: B023
                return found[:1]
        return rows[:1]

    def _dealer_filled(self, words, record):
        """Words of this text with the data of a record, or of an ``Example``."""
        if isinstance(record, Example):
            return record._inline(words)
        filled = self._render_template(
            words, self.model, record.ids, engine="inline_template"
        )
        return filled[record.id]

    def _dealer_message(self, record, company, lang):
        """What is sent about ``record``, word for word.

        :return: dict with ``text``, ``sms_approval_id`` and ``sms_variables`` as
            ``dealer.customer.message`` keeps them
        """
        self.ensure_one()
        approval = self._dealer_approval(company, lang)
        size = approval.variable_size
        template = self.with_context(lang=approval.lang or lang)
        parts = template._dealer_parts(company)
        braces = [value for _words, value in parts if value]
        rendered = template._dealer_filled(_BETWEEN.join(braces), record)
        values = str(rendered).split(_BETWEEN) if braces else []
        if approval:
            values = [
                variable(value, size) or variable(approval.empty_value, size)
                for value in values
            ]
        left = iter(values)
        text = "".join(words + (next(left) if value else "") for words, value in parts)
        return {
            "text": text.strip(),
            "sms_approval_id": approval.id,
            "sms_variables": values if approval else False,
        }
