from odoo import api, models
from odoo.exceptions import AccessError

_DONE = object()


class MailThread(models.AbstractModel):
    """Whose work a document measures: he sends nobody away who looks after it.

    Odoo lets whoever may write a document remove its followers, and take off what
    colleagues have to do about it, see :class:`MailActivity`.
    """

    _name = "mail.thread"
    _inherit = "mail.thread"

    def _measuring_user(self):
        """Those of ``self`` that measure the user. None, unless a model says so."""
        return self.browse()

    def _with_kept_tasks(self):
        """Those of ``self`` about which the user rewrites no task that somebody else
        gave: those that measure him, unless a model says more."""
        return self._measuring_user()

    def _check_unsubscribe(self, partner_ids):
        """Everybody may stop following himself.

        :raise AccessError: for whom the document measures, when he removes others
        """
        mine = set(partner_ids or ()) == set(self.env.user.partner_id.ids)
        if mine or self.env.su:
            return
        self.check_access("write")
        if measuring := self._measuring_user():
            raise AccessError(
                self.env._(
                    "%(record)s: you are, or were, responsible for it, so only a "
                    "superior who was not may remove followers. You may stop "
                    "following it yourself.",
                    record=measuring[:1].display_name,
                )
            )


class MailActivity(models.Model):
    """What a colleague is asked to do stays on the colleague's list.

    Odoo lets whoever may write a document take it off, and whoever was given a task
    rewrite it: those whose work it is could end what a clock, an officer or a manager
    had put there. A colleague could mark it as done, and nobody had done it.
    """

    _name = "mail.activity"
    _inherit = "mail.activity"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if operation not in ("write", "unlink") or self.env.su:
            return result
        kept = self._of_others_to_the_measured()
        if not kept:
            return result
        forbidden = result[0] | kept if result else kept
        return forbidden, kept._kept_error

    def write(self, vals):
        if self.env.context.get("dealer_activity_done") is not _DONE:
            self._check_not_given("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._check_not_given("unlink")

    def _action_done(self, feedback=False, attachment_ids=None):
        self._check_may_be_done()
        done = self.with_context(dealer_activity_done=_DONE)
        return super(MailActivity, done)._action_done(feedback, attachment_ids)

    # ------------------------------------------------------------------
    # WHO MAY
    # ------------------------------------------------------------------

    def _check_not_given(self, operation):
        """Whoever is given something does it, and the chatter keeps it; he does not
        put it off, rewrite it, pass it on or delete it.

        :raise AccessError: for what the system or somebody else gave
        """
        if self.env.su:
            return
        # whoever may not touch it at all is told so
        self.check_access(operation)
        # see _about
        given = self.sudo()._about("_with_kept_tasks", lambda task: not task._is_mine())
        if not given:
            return
        if given[:1].user_id != self.env.user:
            raise given._kept_error()
        raise AccessError(
            self.env._(
                "%(record)s: “%(activity)s” was put on your list by somebody else. "
                "Mark it as done when it is done; only whoever gave it to you, or a "
                "superior who was not responsible for it, may change it or take it "
                "off the list.",
                activity=given[:1].summary or given[:1].activity_type_id.name,
                record=given[:1].res_name,
            )
        )

    def _check_may_be_done(self):
        """A task is done by whom it is for, by who gave it, or by a superior.

        :raise AccessError: for anybody else
        """
        if self.env.su:
            return
        # whoever may not touch it at all is told so
        self.check_access("write")
        # see _about
        others = self.sudo()._about("_with_kept_tasks", self._is_of_another)
        if others:
            raise others._kept_error()

    def _of_others_to_the_measured(self):
        """Those of colleagues, about documents that measure the user."""
        # a task counts also where its document is hidden from the user
        return (
            self.sudo()
            ._about("_measuring_user", self._is_of_another)
            .with_env(self.env)
        )

    @api.model
    def _is_of_another(self, task):
        """Whether ``task`` is for a colleague to do, and given by another."""
        return task.user_id and task.user_id != self.env.user and not task._is_mine()

    def _is_mine(self):
        """Whether the user himself has thought of it."""
        return not self.automated and self.create_uid == self.env.user

    def _about(self, which, is_meant):
        """Those that are meant, about the documents that the method ``which`` of their
        model picks, whoever may see these."""
        found = self.browse()
        for name, tasks in self.filtered(is_meant).grouped("res_model").items():
            documents = self.env[name] if name in self.env else None
            if isinstance(documents, self.env.registry["mail.thread"]):
                documents = documents.browse(tasks.mapped("res_id")).exists()
                ids = set(getattr(documents, which)().ids)
                found |= tasks.filtered(lambda task, ids=ids: task.res_id in ids)
        return found

    def _kept_error(self):
        # the name of a colleague is no secret
        first = self[:1].sudo()
        return AccessError(
            self.env._(
                "%(record)s: “%(activity)s” is for %(user)s to do. Only whoever gave "
                "it, or a superior who was not responsible for it, may mark it as "
                "done, change it or take it off the list.",
                activity=first.summary or first.activity_type_id.name,
                record=first.res_name,
                user=first.user_id.name or self.env._("somebody else"),
            )
        )
