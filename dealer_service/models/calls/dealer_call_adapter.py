from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ...tools.calls.payload import MAX_REF, as_moment, as_seconds, as_text, at_path
from ...tools.calls.signature import SIGNED

#: What we know of a call.
TARGETS = [
    ("call_ref", "Call ID"),
    ("event", "Event"),
    ("direction", "Direction"),
    ("caller", "Calling Number"),
    ("callee", "Called Number"),
    ("number", "Number of the Customer"),
    ("extension", "Extension"),
    ("date_start", "Started On"),
    ("date_answered", "Answered On"),
    ("date_end", "Ended On"),
    ("talk_seconds", "Seconds Talked"),
    ("recording_url", "Link of the Recording"),
]
#: What a text of the exchange may mean.
MEANINGS = [
    ("in", "Incoming"),
    ("out", "Outgoing"),
    ("ringing", "Ringing"),
    ("answered", "Answered"),
    ("ended", "Ended"),
    ("ignored", "Ignored"),
]
_MEANT = ("direction", "event")
#: Clocks of exchanges are ahead by as much.
_SKEW = timedelta(minutes=5)
_NUMBERS = ("caller", "callee", "number", "extension")
_MOMENTS = ("date_start", "date_answered", "date_end")


class DealerCallAdapter(models.Model):
    """How an exchange words what we want to know: paths, values, times. Only data."""

    _name = "dealer.call.adapter"
    _description = "Telephone Exchange Format"
    _inherit = ["dealer.group.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    list_path = fields.Char(
        "Path of the List",
        help="Where several calls stand in one delivery. Empty: a delivery is one "
        "call.",
    )
    signature_header = fields.Char(
        "Header with the Signature", required=True, default="X-Signature"
    )
    timestamp_header = fields.Char(
        "Header with the Time", required=True, default="X-Timestamp"
    )
    signed = fields.Selection(
        SIGNED,
        "What Is Signed",
        required=True,
        default="timestamp.body",
        help="With HMAC-SHA256, in hexadecimal digits or Base64.",
    )
    tz = fields.Selection(
        _tz_get,
        "Time Zone of the Times",
        help="Of times that name none. Empty: that of the shop.",
    )
    time_format = fields.Char(
        "Form of the Times",
        help="As Python's strptime reads it: %Y%m%d%H%M%S. Empty: 2026-03-02 09:30:00, "
        "or seconds or milliseconds since 1970.",
    )
    answer = fields.Char(
        required=True,
        default='{"code": 0}',
        help="What the exchange wants to hear, or it sends the call again.",
    )
    line_ids = fields.One2many("dealer.call.adapter.line", "adapter_id", "Fields")

    @api.constrains("time_format")
    def _check_time_format(self):
        for adapter in self.filtered("time_format"):
            try:
                as_moment("x", "UTC", adapter.time_format)
            except ValueError as error:
                if "does not match" not in str(error):
                    raise ValidationError(
                        self.env._(
                            "“%(format)s” is no form of times.",
                            format=adapter.time_format,
                        )
                    ) from error

    def _items(self, payload):
        """The calls of a delivery.

        :raise ValueError: where there are none, or too many
        """
        if self.list_path:
            payload = at_path(payload, self.list_path)
        items = payload if isinstance(payload, list) else [payload]
        if not all(isinstance(item, dict) for item in items) or len(items) > 200:
            raise ValueError(self.env._("no call in it, or more than 200"))
        return items

    def _read_item(self, item, company):
        """What is said of one call.

        :return: dict by target of what is said, ``None`` for what is of no interest
        :raise ValueError: in the words its shop reads
        """
        zone = self.tz or company._dealer_tz().zone
        told = {}
        for line in self.line_ids:
            value = at_path(item, line.path)
            if value in (None, ""):
                continue
            target = line.target
            if target in _MEANT:
                value = line._meaning(as_text(value))
                if value == "ignored":
                    return None
            elif target in _MOMENTS:
                try:
                    value = as_moment(value, zone, self.time_format or "")
                except ValueError as error:
                    raise ValueError(
                        self.env._(
                            "“%(value)s” is no time (%(path)s)",
                            value=as_text(value)[:50],
                            path=line.path,
                        )
                    ) from error
            elif target == "talk_seconds":
                value = as_seconds(value)
            else:
                value = as_text(value)[:1000]
                if target in _NUMBERS and len(value) > MAX_REF:
                    raise ValueError(
                        self.env._(
                            "a number of more than %(most)s characters", most=MAX_REF
                        )
                    )
            # of two paths the first that says something
            if value not in (None, "", False):
                told.setdefault(target, value)
        if not told.get("call_ref"):
            raise ValueError(self.env._("a call without an ID"))
        if len(told["call_ref"]) > MAX_REF:
            raise ValueError(
                self.env._("an ID of more than %(most)s characters", most=MAX_REF)
            )
        ahead = fields.Datetime.now() + _SKEW
        if any(told.get(name) and told[name] > ahead for name in _MOMENTS):
            raise ValueError(self.env._("a call that is still to come"))
        start, end = told.get("date_start"), told.get("date_end")
        if start and end and end < start:
            raise ValueError(self.env._("a call that ends before it starts"))
        return told


class DealerCallAdapterLine(models.Model):
    """Where one thing stands in what an exchange sends."""

    _name = "dealer.call.adapter.line"
    _description = "Field of a Telephone Exchange"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"
    _rec_name = "path"

    adapter_id = fields.Many2one(
        "dealer.call.adapter", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    target = fields.Selection(TARGETS, "What", required=True)
    path = fields.Char(
        required=True, help="Names with dots between, numbers in lists: data.legs.0.to"
    )
    value_ids = fields.One2many("dealer.call.adapter.value", "line_id", "Values")

    def _meaning(self, text):
        """What a text means; what the exchange says beyond that is ignored."""
        meanings = {
            value.value.casefold(): value.meaning
            for value in self.value_ids
            if value.value
        }
        return meanings.get(text.casefold(), "ignored")


class DealerCallAdapterValue(models.Model):
    """What one text of an exchange means."""

    _name = "dealer.call.adapter.value"
    _description = "Value of a Telephone Exchange"
    _inherit = ["dealer.group.mixin"]
    _order = "id"
    _rec_name = "value"

    line_id = fields.Many2one(
        "dealer.call.adapter.line",
        "Field",
        required=True,
        index=True,
        ondelete="cascade",
    )
    value = fields.Char("Text", required=True)
    meaning = fields.Selection(MEANINGS, required=True)
