from odoo import fields, models


class ResUsers(models.Model):
    """Who a colleague is in WeCom."""

    _name = "res.users"
    _inherit = "res.users"

    wecom_userid = fields.Char(
        "WeCom ID",
        copy=False,
        help="The account (UserID) of this person in the company's WeCom: time limits "
        "and escalations are written there.",
    )
