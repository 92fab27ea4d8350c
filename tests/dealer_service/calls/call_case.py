"""A shop with a telephone exchange; its calls without the way over the network."""

from datetime import timedelta

from odoo import fields

from ...common import DealerServiceCase
from .exchange import SECRET

PHONE = "13805531234"


class CallCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.advisor.dealer_extension = "8001"
        cls.manager.dealer_extension = "8002"
        cls.exchange = cls.env["dealer.call.exchange"].create(
            {
                "name": "总机",
                "adapter_id": cls.env.ref(
                    "dealer_service.dealer_call_adapter_plain"
                ).id,
                "secret": SECRET,
            }
        )
        cls.exchange.action_renew_link()
        cls.calls = cls.env["dealer.call.record"]

    @classmethod
    def ring(cls, ref="c1", number=PHONE, extension="8001", ago=0, talks=60, **told):
        """A call that has ended and began ``ago`` minutes before now, as reported."""
        start = fields.Datetime.now().replace(microsecond=0) - timedelta(minutes=ago)
        start -= timedelta(seconds=talks + 5) if not ago else timedelta()
        answered = start + timedelta(seconds=5)
        told = {
            "call_ref": ref,
            "direction": "out",
            "number": number,
            "extension": extension,
            "date_start": start,
            "date_answered": talks and answered,
            "date_end": answered + timedelta(seconds=talks),
            "talk_seconds": talks,
            "event": "ended",
            **told,
        }
        call = cls.calls._hear(cls.exchange, {k: v for k, v in told.items() if v})
        cls.match_new()
        return call

    @classmethod
    def match_new(cls):
        """What the scheduled job does, without its commits."""
        cls.calls._new_calls()._match_each()
