from odoo import models

from ..tools.call_script import is_harmless

_SAME_SCRIPT = object()


class DealerCareRule(models.Model):
    """Managers write scripts that name facts; only template editors write code.

    Odoo asks for its group “Mail Template Editor” whenever a record with a template
    is written, whatever is written on it.
    """

    _name = "dealer.care.rule"
    _inherit = "dealer.care.rule"

    def write(self, vals):
        rules = self
        if not {"script", "lang"} & set(vals):
            rules = self.with_context(dealer_same_script=_SAME_SCRIPT)
        return super(DealerCareRule, rules).write(vals)

    def _check_access_right_dynamic_template(self):
        """:raise AccessError: for code by somebody who may not write templates"""
        if self.env.context.get("dealer_same_script") is _SAME_SCRIPT:
            return None
        coded = self.filtered(lambda rule: rule.lang or not is_harmless(rule.script))
        return super(DealerCareRule, coded)._check_access_right_dynamic_template()
