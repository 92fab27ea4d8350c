from odoo import api, models


class DealerCachedMixin(models.AbstractModel):
    """Settings that are worked out once and kept: a change drops what was kept.

    What is kept hangs on methods under ``ormcache``. Other workers drop theirs once the
    change is committed.
    """

    _name = "dealer.cached.mixin"
    _description = "Settings That Are Kept"

    def _is_kept(self):
        """Hook: whether anything that is kept follows from these records."""
        return bool(self)

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
