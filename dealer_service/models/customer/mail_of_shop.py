from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache


class DealerMailOfShop(models.AbstractModel):
    """Who follows a document, and who was told of it, is told with the name and the
    address. Odoo lets every employee read all of it; that of another shop is its own.
    """

    _name = "dealer.mail.of.shop"
    _description = "Part of a Thread of a Shop"

    is_dealer_readable = fields.Boolean(
        compute="_compute_is_dealer_readable",
        search="_search_is_dealer_readable",
        compute_sudo=True,
    )

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
        shops, threads = self._dealer_shops(), self._dealer_threads()
        for name, rows in self.grouped(lambda row: row._dealer_place()[0]).items():
            elsewhere = ()
            if name in threads:
                ids = {row._dealer_place()[1] for row in rows}
                documents = self.env[name].browse(filter(None, ids)).exists()
                elsewhere = documents.filtered(lambda d: not d.company_id <= shops).ids
            for row in rows:
                row.is_dealer_readable = row._dealer_place()[1] not in elsewhere

    @api.model
    def _search_is_dealer_readable(self, operator, value):
        if operator != "in":
            return NotImplemented
        shops, threads = self._dealer_shops(), self._dealer_threads()

        def elsewhere(model, res_id):
            return SQL(" OR ").join(
                SQL(
                    "(%s = %s AND EXISTS (SELECT FROM %s d WHERE d.id = %s"
                    " AND d.company_id NOT IN %s))",
                    model,
                    name,
                    SQL.identifier(self.env[name]._table),
                    res_id,
                    tuple(shops.ids),
                )
                for name in sorted(threads)
            )

        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "(%s) IS NOT TRUE", self._dealer_is_at(alias, elsewhere)
            ),
            predicate=lambda row: row.is_dealer_readable,
        )

    @api.model
    def _dealer_shops(self):
        # the rule is looked at with all rights, the shops are those of the reader
        return self.env(su=False).companies

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

    def _dealer_place(self):
        return self.mail_message_id.model, self.mail_message_id.res_id

    @api.model
    def _dealer_is_at(self, alias, place):
        return SQL(
            "EXISTS (SELECT FROM mail_message m WHERE m.id = %s AND (%s))",
            SQL.identifier(alias, "mail_message_id"),
            place(SQL("m.model"), SQL("m.res_id")),
        )
