"""What a list offers is in Chinese for who reads Chinese."""

from .followup_common import DealerFollowupCase

#: What is called the same in China.
SAME = {"NPS", "VIN", "12315", "12328"}


class TestChinese(DealerFollowupCase):
    def selections(self, lang):
        models = self.env["ir.model"].search([("model", "=like", "dealer.%")])
        for name in models.mapped("model"):
            model = self.env[name].with_context(lang=lang)
            for field, facts in model.fields_get(attributes=["selection"]).items():
                # Odoo's own are Odoo's to translate
                if (model._fields[field]._module or "").startswith("dealer_"):
                    for value, label in facts.get("selection", ()):
                        yield (name, field, value), label

    def test_no_choice_is_left_in_english(self):
        english = dict(self.selections("en_US"))
        left = {
            key: label
            for key, label in self.selections("zh_CN")
            if label == english.get(key)
            and label not in SAME
            and label.isascii()
            and not label.isdigit()
            # zones of the earth are called by their codes
            and not key[1].endswith("tz")
        }
        self.assertFalse(left)
