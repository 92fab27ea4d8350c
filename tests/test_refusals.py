"""A refusal is a sentence on the screen, whatever class it has."""

from odoo.exceptions import UserError
from odoo.http import serialize_exception

from .common import DealerServiceCase


def own_refusals(cls=UserError):
    for child in cls.__subclasses__():
        if child.__module__.startswith("odoo.addons.dealer_"):
            yield child
        yield from own_refusals(child)


class TestRefusals(DealerServiceCase):
    def test_web_client_shows_our_own_classes_like_a_user_error(self):
        refusals = set(own_refusals())
        self.assertGreater(len(refusals), 5)
        for refusal in refusals:
            with self.subTest(refusal=refusal.__name__):
                told = serialize_exception(refusal.__new__(refusal, "Full."))
                self.assertEqual(
                    told["context"].get("exception_class"), "odoo.exceptions.UserError"
                )
