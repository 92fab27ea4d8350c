from odoo import api, models


class MailThread(models.AbstractModel):
    """Threads of the shop: their customers read and write on pages of ours.

    Odoo gives whoever has the link of a document, or reads it on the portal, its whole
    thread: every comment, and the right to post and upload whatever he likes.
    """

    _name = "mail.thread"
    _inherit = "mail.thread"

    def _shop_threads(self):
        """Those of ``self`` whose thread is the shop's own. None, unless a model says
        so."""
        return self.browse()

    def _logged_threads(self):
        """Those of ``self`` whose log is proof: all of ours, and the threads of the
        shop."""
        ours = self._name.startswith("dealer.")
        return self.exists() if ours else self._shop_threads()

    @api.model
    def _get_thread_with_access(
        self, thread_id, *, mode="read", hash=None, pid=None, token=None, **kwargs
    ):
        """See ``portal``; a thread of the shop is not opened by the customer's link,
        nor by his right to read the document."""
        # asked before it is known who asks
        if self.browse(thread_id).sudo()._shop_threads():
            hash = pid = token = None
            if not self.env.user._is_internal():
                mode = "write"
        return super()._get_thread_with_access(
            thread_id, mode=mode, hash=hash, pid=pid, token=token, **kwargs
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """A thread of the shop is for those who may write the document, unless they
        work here. Who was sent a message still reads it."""
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        if not self.env.user._is_internal():
            # which they are is no secret, and follows from what others may not read
            operations |= dict.fromkeys(
                self.sudo()._shop_threads().with_env(self.env), "write"
            )
        return operations

    def _sign_token(self, pid):
        # the links in mails are signed with the key, whoever has caused the mail
        return super(MailThread, self.sudo())._sign_token(pid)

    def _message_update_content(self, message, /, **kwargs):
        # Odoo lets administrators edit what others wrote
        message.with_env(self.env)._check_own_words()
        return super()._message_update_content(message, **kwargs)
