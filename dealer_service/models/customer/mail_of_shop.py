from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache


class DealerMailOfShop(models.AbstractModel):
    """Who follows a document, and who was told of it, is told with the name and the
    address. Odoo lets every employee read all of it; of a document of ours it is read
    by whoever may read the document, and what is about oneself by everybody.
    """

    _name = "dealer.mail.of.shop"
    _description = "Part of a Thread of a Shop"

    #: The field that says whom a row is about.
    _dealer_reader = "partner_id"

    is_dealer_readable = fields.Boolean(
        compute="_compute_is_dealer_readable",
        search="_search_is_dealer_readable",
        compute_sudo=True,
    )

    def _is_about_user(self):
        return self[self._dealer_reader] == self.env.user.partner_id

    def _dealer_place(self):
        """The name of the model and the id of the document it is about."""
        raise NotImplementedError

    @api.model
    def _dealer_is_at(self, alias, place):
        """SQL: whether a row is about what ``place`` says of a model and an id.

        :param place: function that is handed both as SQL
        """
        raise NotImplementedError

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_dealer_readable(self):
        threads = self._dealer_threads()
        # the rule is looked at with all rights, the documents are those of the reader
        env = self.env(su=False)
        for name, rows in self.grouped(lambda row: row._dealer_place()[0]).items():
            closed = ()
            if name in threads:
                ids = {row._dealer_place()[1] for row in rows}
                documents = self.env[name].browse(filter(None, ids)).exists()
                open_ids = documents.with_env(env)._filtered_access("read").ids
                closed = set(documents.ids) - set(open_ids)
            for row in rows:
                row.is_dealer_readable = (
                    row._dealer_place()[1] not in closed or row._is_about_user()
                )

    @api.model
    def _search_is_dealer_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        closed = partial(self._dealer_closed, self._dealer_threads())
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "((%s) IS NOT TRUE OR %s = %s)",
                self._dealer_is_at(alias, closed),
                SQL.identifier(alias, self._dealer_reader),
                self.env.user.partner_id.id,
            ),
            predicate=lambda row: row.is_dealer_readable,
        )

    @api.model
    def _dealer_closed(self, threads, model, res_id):
        """SQL: whether the reader may not read the document that two columns name."""
        # see _compute_is_dealer_readable
        env = self.env(su=False)
        closed = []
        for name in sorted(threads):
            documents = env[name]
            is_open = SQL("FALSE")
            if documents.has_access("read"):
                query = documents._search([], active_test=False)
                query.add_where(
                    SQL("%s = %s", SQL.identifier(query.table, "id"), res_id)
                )
                is_open = SQL("EXISTS (%s)", query.select())
            closed.append(SQL("(%s = %s AND NOT %s)", model, name, is_open))
        return SQL(" OR ").join(closed)

    @api.model
    @ormcache()
    def _dealer_threads(self):
        """Names of the models of ours that have a thread, and belong to a shop."""
        return frozenset(
            name
            for name, model in self.env.registry.items()
            if name.startswith("dealer.")
            and issubclass(model, self.env.registry["mail.thread"])
            and model._auto
            and not model._abstract
        )


class MailFollowers(models.Model):
    """See :class:`DealerMailOfShop`."""

    _name = "mail.followers"
    _inherit = ["mail.followers", "dealer.mail.of.shop"]

    def _dealer_place(self):
        return self.res_model, self.res_id

    @api.model
    def _dealer_is_at(self, alias, place):
        return place(
            SQL.identifier(alias, "res_model"), SQL.identifier(alias, "res_id")
        )


class MailNotification(models.Model):
    """See :class:`DealerMailOfShop`."""

    _name = "mail.notification"
    _inherit = ["mail.notification", "dealer.mail.of.shop"]
    _dealer_reader = "res_partner_id"

    def _dealer_place(self):
        return self.mail_message_id.model, self.mail_message_id.res_id

    @api.model
    def _dealer_is_at(self, alias, place):
        return SQL(
            "EXISTS (SELECT FROM mail_message m WHERE m.id = %s AND (%s))",
            SQL.identifier(alias, "mail_message_id"),
            place(SQL("m.model"), SQL("m.res_id")),
        )
