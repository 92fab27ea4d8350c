from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.customer_words import check_length

_FORGED = {"rating_id", "rating_value", "rating_feedback"}


class DealerRatedMixin(models.AbstractModel):
    """A record that the customer rates: by the link or on the page, and nobody else.

    Both ask with all rights, after they have made sure who it is.
    """

    _name = "dealer.rated.mixin"
    _description = "Record Rated by the Customer"
    _inherit = "rating.mixin"

    @api.model_create_multi
    def create(self, vals_list):
        if any("rating_ids" in vals for vals in vals_list):
            self.env["rating.rating"]._check_customer_rates()
        return super().create(vals_list)

    def write(self, vals):
        if "rating_ids" in vals:
            self.env["rating.rating"]._check_customer_rates()
        return super().write(vals)

    def rating_apply(self, rate, *args, **kwargs):
        """Record what the customer says.

        :raise AccessError: for staff, who would speak for the customer
        """
        self.env["rating.rating"]._check_customer_rates()
        return super().rating_apply(rate, *args, **kwargs)

    def message_post(self, **kwargs):
        """Whoever may read it may write to it; Odoo lets every follower. A message of
        staff carries no rating.

        :raise AccessError: for others, and for a message that brings a rating
        """
        self.check_access("read")
        if not _FORGED.isdisjoint(kwargs):
            self.env["rating.rating"]._check_customer_rates()
        return super().message_post(**kwargs)

    def _get_allowed_message_params(self):
        return super()._get_allowed_message_params() - _FORGED


class RatingRating(models.Model):
    """Odoo lets every employee rewrite ratings. Those of customers stay as given."""

    _name = "rating.rating"
    _inherit = "rating.rating"

    dealer_company_id = fields.Many2one(
        "res.company",
        "Shop",
        compute="_compute_dealer_company_id",
        store=True,
        index="btree_not_null",
        help="The shop whose customer gave the rating. Empty if it is not about a "
        "shop.",
    )

    @api.depends("res_model", "res_id")
    def _compute_dealer_company_id(self):
        self.dealer_company_id = False
        about = self.filtered(lambda rating: self._is_rated_model(rating.res_model))
        for model, ratings in about.grouped("res_model").items():
            # a rating belongs to the shop, whoever looks at it
            records = self.env[model].sudo().browse(ratings.mapped("res_id")).exists()
            company_of = {record.id: record.company_id for record in records}
            for rating in ratings:
                rating.dealer_company_id = company_of.get(rating.res_id)

    @api.constrains("feedback")
    def _check_length(self):
        check_length(self._rated_by_customers(), "feedback")

    def _rated_by_customers(self):
        """Those of them that are about a visit, a complaint … or a part of it, or are
        shown at a message of one."""
        return self.filtered(
            lambda rating: (
                self._is_rated_model(rating.res_model)
                or self._is_rated_model(rating.parent_res_model)
                # where it would be shown, whoever may read it
                or self._is_rated_model(rating.sudo().message_id.model)
            )
        )

    @api.model
    def _is_rated_model(self, name):
        registry = self.env.registry
        return name in registry and issubclass(
            registry[name], registry["dealer.rated.mixin"]
        )

    @api.model
    def _has_field_access(self, field, operation):
        """Who knows the key of a rating rates as the customer: it is sent, not read."""
        return super()._has_field_access(field, operation) and (
            operation != "read" or field.name != "access_token" or self.env.su
        )

    @api.model
    def _check_customer_rates(self):
        """:raise AccessError: for anybody who is signed in as himself"""
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "A customer's rating can be recorded only on the customer's "
                    "page. Send the customer the link, or write what you were told "
                    "as a note."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create(vals_list)
        ratings._check_written()
        return ratings

    def write(self, vals):
        if self._rated_by_customers():
            self._check_customer_rates()
        result = super().write(vals)
        # neither before nor after it
        self._check_written()
        return result

    def _check_written(self):
        """One that is about nothing could be put beside anything."""
        if self._rated_by_customers() or not all(self.mapped("res_model")):
            self._check_customer_rates()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_customers(self):
        # one that another transaction has removed meanwhile is nobody's any more
        if self.exists()._rated_by_customers():
            self._check_customer_rates()
