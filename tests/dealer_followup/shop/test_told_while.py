"""What a message waits for, of every addon."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestToldWhile(TransactionCase):
    def test_each_is_an_occasion_about_that_record_and_can_be_asked(self):
        occasions = self.env["dealer.message.occasion"]
        asked = set()
        for name in self.env.registry:
            for key, domain in getattr(self.env[name], "_TOLD_WHILE", {}).items():
                with self.subTest(model=name, key=key):
                    self.assertEqual(occasions._of(key).model, name)
                    # values that nothing can have would keep every message back
                    for path, _operator, values in domain:
                        model, field = self.env[name], path
                        if "." in path:
                            first, field = path.split(".")
                            model = model[first]
                        wanted = {values} if isinstance(values, str) else {*values}
                        known = model._fields[field].get_values(self.env)
                        self.assertLessEqual(wanted, {*known})
                    self.env[name].search(domain, limit=1)
                asked.add(key)
        self.assertLessEqual({"ready", "estimate", "complaint_proposal"}, asked)
