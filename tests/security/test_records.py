"""Odoo's own methods on the records of the suite: nothing of others is spoilt."""

from .methods import OWN_ONLY, QUIET, MethodsCase


class TestRecords(MethodsCase):
    @QUIET
    def test_nobody_writes_or_deletes_what_is_not_his(self):
        faults = []
        for side in ("colleague", "other"):
            for model, records in self.every(side).items():
                if not model.startswith("dealer."):
                    continue
                for role, user in self.callers.items():
                    if side == "colleague" and role not in OWN_ONLY:
                        continue
                    for name, args in (
                        ("write", {"vals": self.something(records)}),
                        ("unlink", {}),
                        ("copy", {}),
                        ("action_archive", {}),
                    ):
                        if name == "action_archive" and not records._active_name:
                            continue
                        done = self.attempt(user, model, name, records.ids[:1], args)
                        spoilt = done.answer and self.spoilt_wrongly(role, done.spoilt)
                        if done.error or spoilt:
                            faults.append(
                                f"{model}.{name} of {side} by {role}:"
                                f" {done.error or spoilt}"
                            )
        self.assertFalse(faults, "\n".join(faults))

    def something(self, records):
        """A value for a field that a person may type."""
        for name in ("note", "name", "reason", "planned", "active", "user_id"):
            field = records._fields.get(name)
            if field and field.store:
                return {name: {"boolean": False}.get(field.type, self.env.uid)}
        return {"create_uid": self.env.uid}
