from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What a message says, and who said it when and to whom.
_WORDS = {
    "attachment_ids",
    "author_id",
    "body",
    "date",
    "email_from",
    "is_internal",
    "message_type",
    "model",
    "res_id",
    "subject",
    "subtype_id",
    "tracking_value_ids",
}
#: Who said it, when and where: not even of the own message is this written.
_SIGNATURE = {"author_id", "author_guest_id", "date", "email_from", "model", "res_id"}


class MailMessage(models.Model):
    """What was said in a thread of the shop stays as it was said."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = self._sign(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if _WORDS & set(vals):
            self._check_own_words()
        if self.env.su or not _SIGNATURE & set(vals):
            return super().write(vals)
        self._check_signature()
        result = super().write(vals)
        # nor is it brought here from elsewhere
        self._check_signature()
        return result

    def unlink(self):
        self._check_own_words()
        return super().unlink()

    @api.model
    def _sign(self, vals_list):
        """Let the user, now, be who says what goes to a thread of the shop: nobody
        writes in a customer's name, nor of an earlier day."""
        author = self.env.user.partner_id
        defaults = self.default_get(["model", "res_id"])
        places = [
            (
                vals.get("model", defaults.get("model")),
                vals.get("res_id", defaults.get("res_id")),
            )
            for vals in vals_list
        ]
        shop = {
            (model, res_id)
            for model in {model for model, _res_id in places}
            for res_id in self._shop_threads_of(
                model, [place[1] for place in places if place[0] == model]
            ).ids
        }
        signed = []
        for vals, place in zip(vals_list, places, strict=True):
            if place in shop:
                vals = {**vals, "date": fields.Datetime.now(), "author_guest_id": False}
                if vals.get("author_id") != author.id:
                    vals["author_id"] = author.id
                    vals["email_from"] = author.email_formatted
            signed.append(vals)
        return signed

    def _check_signature(self):
        """:raise AccessError: for messages in a thread of the shop"""
        for model, messages in self.grouped("model").items():
            threads = self._shop_threads_of(model, messages.mapped("res_id"))
            if threads:
                raise AccessError(
                    self.env._(
                        "The author and the date of a message on %(document)s "
                        "cannot be changed. Post a new message instead.",
                        document=threads[0].display_name,
                    )
                )

    @api.model
    def _shop_threads_of(self, model, res_ids):
        """The documents among these whose thread is the shop's own, with all rights."""
        return self._threads_of(model, res_ids)._shop_threads()

    @api.model
    def _threads_of(self, model, res_ids):
        """These documents with all rights; none of what has no thread."""
        threads = self.env.get(model)
        if not isinstance(threads, self.env.registry["mail.thread"]):
            return self.env["mail.thread"]
        # which thread it is is no secret from whoever writes to it or reads it
        return threads.browse(filter(None, res_ids)).sudo()

    def _check_own_words(self):
        """:raise AccessError: for what somebody else wrote, a customer above all, and
        for what the program wrote in the name of whoever changed something"""
        if self.env.su:
            return
        # who may write the document may read its messages, whoever wrote them
        messages = self.sudo()
        messages.filtered(
            lambda m: m.author_id != self.env.user.partner_id
        )._check_not_of_shop()
        messages.filtered(
            lambda m: m.message_type != "comment" or m.tracking_value_ids
        )._check_not_logged()

    def _check_said(self):
        """:raise AccessError: for what somebody else wrote, and for what was sent to a
        customer"""
        # as above
        self.sudo().filtered(
            lambda m: (
                m.author_id != self.env.user.partner_id
                or m.message_type != "comment"
                or m.partner_ids.filtered("partner_share")
            )
        )._check_not_of_shop()

    def _check_not_of_shop(self):
        for model, messages in self.filtered("res_id").grouped("model").items():
            thread = self._shop_threads_of(model, messages.mapped("res_id"))
            if thread:
                raise AccessError(
                    self.env._(
                        "Messages other people posted on %(document)s, and what was "
                        "sent to a customer, cannot be changed. Post a message of "
                        "your own.",
                        document=thread[0].display_name,
                    )
                )

    def _check_not_logged(self):
        for model, messages in self.filtered("res_id").grouped("model").items():
            thread = self._threads_of(
                model, messages.mapped("res_id")
            )._logged_threads()
            if thread:
                raise AccessError(
                    self.env._(
                        "The log of %(document)s tells what was changed, when and by "
                        "whom: its entries are neither changed nor deleted. Post a "
                        "message of your own.",
                        document=thread[0].display_name,
                    )
                )


class MailTrackingValue(models.Model):
    """The former and the new value are part of the entry in the log."""

    _inherit = "mail.tracking.value"

    def write(self, vals):
        if any(name.startswith(("old_value", "new_value", "mail_")) for name in vals):
            self.mail_message_id._check_own_words()
        return super().write(vals)

    def unlink(self):
        self.mail_message_id._check_own_words()
        return super().unlink()
