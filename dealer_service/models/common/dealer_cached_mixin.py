from odoo import api, models
from odoo.tools import SQL

#: Part of the key of everything that is kept: see :meth:`DealerCachedMixin._kept_for`.
KEPT_FOR = "self.env['dealer.cached.mixin']._kept_for()"


class DealerCachedMixin(models.AbstractModel):
    """Settings that are worked out once and kept: a change drops what was kept.

    What is kept hangs on methods under ``ormcache`` with :data:`KEPT_FOR` in their key.
    Other workers drop theirs once the change is committed.
    """

    _name = "dealer.cached.mixin"
    _description = "Cached Settings"

    def _is_kept(self):
        """Hook: whether anything that is kept follows from these records."""
        return bool(self)

    @api.model
    def _kept_for(self):
        """Who may use what is worked out now.

        All transactions, under the number of the last change this worker was told of;
        nobody else, when this transaction sees something else than they do: a change of
        its own that may yet be rolled back, or data older than that last change.
        """
        registry, kept = self.env.registry, self.env.cr.cache
        told = registry.cache_sequences["default"]
        if "default" not in registry.cache_invalidated:
            if "dealer_seen" not in kept:
                # Odoo adds a row once a change is committed
                [[kept["dealer_seen"]]] = self.env.execute_query(
                    SQL("SELECT max(id) FROM orm_signaling_default")
                )
            if kept["dealer_seen"] >= told:
                return told
        return kept.setdefault("dealer_kept_for", object())

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if records._is_kept():
            self.env.registry.clear_cache()
        return records

    def write(self, vals):
        was_kept = self._is_kept()
        result = super().write(vals)
        if was_kept or self._is_kept():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        was_kept = self._is_kept()
        result = super().unlink()
        if was_kept:
            self.env.registry.clear_cache()
        return result
