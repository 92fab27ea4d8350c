from odoo import api, models


class PortalMixin(models.AbstractModel):
    """The key of a customer's page is made and withdrawn, never chosen, and given to
    those alone who may act for the shop."""

    _name = "portal.mixin"
    _inherit = ["portal.mixin", "dealer.link.mixin"]

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and (
            operation != "write" or field.name != "access_token" or self.env.su
        )

    def _may_have_link(self):
        """Whether the user may have the customer's address of these documents. Hook."""
        return True

    def _check_link(self):
        """:raise AccessError: for whoever may not have the customer's address. Hook."""

    def _get_share_url(
        self, redirect=False, signup_partner=False, pid=None, share_token=True
    ):
        """The address to share; without any proof for whoever may not have the link.

        Customers who sign in, and colleagues, need none: their own rights count.
        """
        may_have_link = self._may_have_link()
        return super()._get_share_url(
            redirect=redirect,
            signup_partner=signup_partner and may_have_link,
            pid=pid if may_have_link else None,
            share_token=share_token and may_have_link,
        )

    def get_portal_url(self, *args, **kwargs):
        """The address of the customer's page: whoever has it acts as the customer.

        :raise AccessError: for a visit, or an order of one, that the user may not read
            or whose link the user does not give out
        """
        self._check_link()
        return super().get_portal_url(*args, **kwargs)

    def _ensure_link(self):
        # asks who may have it, and makes the key
        self.get_portal_url()

    def _link_path(self):
        # nobody reads the key; who may have the link is asked above
        return self.sudo().access_token and self.get_portal_url()
