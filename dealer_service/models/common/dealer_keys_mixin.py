import re
import secrets

from odoo import api, models

#: What a key may look like; the database refuses some of the rest with an error.
KEY = re.compile(r"[A-Za-z0-9_-]{20,}")


class DealerKeysMixin(models.AbstractModel):
    """A record with links that cannot be guessed: whoever has one needs no login.

    The secret part of a link is kept in a field of its own, which a unique index finds.
    Who may make and revoke it, and how it is written, says the model.
    """

    _name = "dealer.keys.mixin"
    _description = "Record with Secret Links"

    def _renew_key(self, name, size=24):
        """Make a new key; the old link is dead at once.

        :param str name: the field of the key
        :param int size: bytes of chance
        """
        self._check_keeper()
        for record in self:
            record._write_key(name, self._new_key(size))

    def _revoke_key(self, name):
        """No link leads here any more."""
        self._check_keeper()
        for record in self:
            record._write_key(name, False)

    @api.model
    def _new_key(self, size=24):
        return secrets.token_urlsafe(size)

    def _key_url(self, name, path):
        """The link with the key in this field; empty without one.

        :param str path: what stands before the key
        """
        self.ensure_one()
        return self[name] and f"{self.get_base_url()}{path}{self[name]}"

    @api.model
    def _by_key(self, name, key):
        """The record that a link leads to; empty for a wrong or revoked one."""
        if not KEY.fullmatch(key or ""):
            return self.browse()
        # who comes by it is nobody: the link itself is the permission
        return self.sudo().search([(name, "=", key)], limit=1)

    # ------------------------------------------------------------------
    # WHAT THE MODEL SAYS
    # ------------------------------------------------------------------

    def _check_keeper(self):
        """:raise AccessError: for who may not make and revoke these links"""
        raise NotImplementedError

    def _write_key(self, name, key):
        """Write the key, for whom :meth:`_check_keeper` has let through."""
        raise NotImplementedError
