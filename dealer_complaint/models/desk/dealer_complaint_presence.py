import re

from odoo import api, models
from odoo.exceptions import AccessError

from odoo.addons.dealer_service.tools.arguments import TEXT, arguments

from ...tools import groups

#: What a page that shows a complaint listens to, with the id behind it; what it hears.
OPEN_CHANNEL = "dealer_complaint.open"
OPEN_NEWS = "dealer_complaint.open"
#: What a page says: it is opened, it is still there, it is left.
SAID = ("open", "here", "left")
_ASKED = re.compile(rf"{re.escape(OPEN_CHANNEL)}_(\d{{1,9}})")


class DealerComplaint(models.Model):
    """Who else has a complaint open: said from page to page, and kept nowhere."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    @arguments(said=TEXT)
    def tell_open(self, said="open"):
        """Tell the others who have the complaint open that the user has, or has left.

        One message, to those alone who look at it; nothing is stored. A page says
        ``open`` once, whoever hears it answers ``here``, and says it again now and then
        as long as there is somebody else.

        :raise AccessError: for somebody outside of the desk
        """
        self.ensure_one()
        if said == "left" and not self.has_access("read"):
            # it was handed over: whoever may not read it any more tells nobody
            return False
        self.check_access("read")
        if not self.env.user.has_group(groups.HANDLER) or said not in SAID:
            raise AccessError(self.env._("Only the complaint desk sees who is there."))
        self.env["bus.bus"]._sendone(
            (self, OPEN_CHANNEL),
            OPEN_NEWS,
            {
                "complaint_id": self.id,
                "user_id": self.env.uid,
                "name": self.env.user.name,
                "kind": said,
            },
        )
        return True


class IrWebsocket(models.AbstractModel):
    """Whoever shows a complaint hears who else does, if he may see it."""

    _name = "ir.websocket"
    _inherit = "ir.websocket"

    @api.model
    def _build_bus_channel_list(self, channels):
        # before the others add records, which do not compare with a text
        asked = [name for name in channels if str(name).startswith(OPEN_CHANNEL)]
        matches = map(_ASKED.fullmatch, map(str, asked))
        ids = [int(match[1]) for match in matches if match]
        channels = super()._build_bus_channel_list(
            [channel for channel in channels if channel not in asked]
        )
        if ids and self.env.user.has_group(groups.HANDLER):
            seen = self.env["dealer.complaint"].search([("id", "in", ids)])
            channels += [(complaint, OPEN_CHANNEL) for complaint in seen]
        return channels
