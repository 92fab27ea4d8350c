from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import groups
from ...tools.actions import open_form
from ..common.dealer_reception_states import IN_HOUSE_STATES


class DealerGateDevice(models.Model):
    """What a guard checks passes on (门卫设备): a phone with a link, without a login.

    Whoever has the link is the guard of this shop, until it is revoked.
    """

    _name = "dealer.gate.device"
    _description = "Gate Device"
    _inherit = ["dealer.recorded.mixin", "dealer.keys.mixin"]
    _order = "name, id"
    _RECORDED_FIELDS = frozenset({"access_token", "date_seen"})

    name = fields.Char("Gate", required=True, help="Which gate, or whose phone.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Shop",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    access_token = fields.Char(
        "Key of the Gate", copy=False, readonly=True, groups=groups.MANAGER
    )
    url = fields.Char(
        "Link of the Gate",
        compute="_compute_url",
        groups=groups.MANAGER,
        exportable=False,
        help="Open it on the guard's phone. Renew it when the guard or the phone "
        "changes.",
    )
    date_seen = fields.Datetime("Last Check On", copy=False, readonly=True)

    _access_token_uniq = models.UniqueIndex(
        "(access_token) WHERE access_token IS NOT NULL"
    )

    @api.depends("access_token")
    def _compute_url(self):
        for device in self:
            device.url = device._key_url("access_token", "/gate/")

    # ------------------------------------------------------------------
    # THE LINK
    # ------------------------------------------------------------------

    def action_renew_link(self):
        """Make a new link; the old one is dead at once."""
        self._renew_key("access_token")
        return open_form(self[:1])

    def action_revoke_link(self):
        """No link leads to this gate any more."""
        self._revoke_key("access_token")
        return open_form(self[:1])

    def _check_keeper(self):
        """:raise AccessError: for who does not run the service department here"""
        self.check_access("write")
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._("Only a service manager may manage the links of the gate.")
            )

    def _write_key(self, name, key):
        self._write_by_method({name: key})

    @api.model
    def _by_link(self, token):
        """The device whose link it is; empty for a wrong or revoked one.

        :param str token: the secret part of the link
        """
        device = self._by_key("access_token", token)
        company = device.company_id
        return device.with_context(lang=company._public_lang(), tz=False)

    # ------------------------------------------------------------------
    # AT THE GATE
    # ------------------------------------------------------------------

    def _gate_rows(self, query=""):
        """What the guard is shown: who may leave now, and who is to come back.

        :param str query: a part of a plate or of a number
        :return: dict of two lists ``leaving`` and ``outside``, see
            ``dealer.gate.pass._gate_row``
        """
        self.ensure_one()
        passes = self.env["dealer.gate.pass"]
        mine = [("company_id", "=", self.company_id.id)]
        leaving = passes.search(
            [
                *mine,
                ("state", "=", "open"),
                ("date_until", ">=", fields.Datetime.now()),
            ],
            order="date_until, id",
        )
        # one that was towed away comes back while its visit goes on, or never
        comes_back = Domain("is_returning", "=", True) | (
            Domain("reason", "=", "towed")
            & Domain("reception_id.state", "in", IN_HOUSE_STATES)
        )
        outside = passes.search(
            Domain(mine) & Domain("state", "=", "out") & comes_back,
            order="date_out, id",
        )
        return {
            "leaving": [row._gate_row() for row in leaving if row._is_asked(query)],
            "outside": [row._gate_row() for row in outside if row._is_asked(query)],
        }
