"""Refusals that callers tell apart."""

from odoo.exceptions import UserError


class NamedRefusal(UserError):
    """A refusal with a class of its own, and its sentence on the screen.

    The web client knows the classes of Odoo alone and shows any other as an error of
    the server; it is told to show this one like a ``UserError``.
    """

    context = {"exception_class": "odoo.exceptions.UserError"}


class NotOneRecord(NamedRefusal, ValueError):
    """Called for none or for several records what is done to one of them.

    It stays what Odoo raises here, for whoever catches that.
    """
