"""The telephone of the demo: an exchange, and the calls of the last days."""

from datetime import timedelta

from odoo import api, fields, models

#: Whose telephone it is.
EXTENSIONS = {"manager": "8000"}
EXTENSIONS.update({f"advisor{number}": f"800{number}" for number in range(1, 5)})
DAYS = 4
#: How another maker words a call: what, where, and which texts mean what.
NESTED = (
    ("call_ref", "uniqueId", ()),
    ("event", "state", ("ALERT:ringing", "CONNECT:answered", "HANGUP:ended")),
    ("caller", "legs.0.from", ()),
    ("callee", "legs.1.to", ()),
    ("date_start", "time.begin", ()),
    ("date_answered", "time.pickup", ()),
    ("date_end", "time.hangup", ()),
    ("recording_url", "record.url", ()),
)


class DealerCallExchange(models.Model):
    """Loading of the demo exchange."""

    _name = "dealer.call.exchange"
    _inherit = "dealer.call.exchange"

    @api.model
    def _load_demo(self):
        """An exchange that is connected, and what it has reported. Loads once."""
        if self.search_count([]):
            return
        shop = self.env.company
        manager = self.env.ref("dealer_service.demo_user_manager")
        for name, extension in EXTENSIONS.items():
            user = self.env.ref(f"dealer_service.demo_user_{name}")
            user.dealer_extension = extension
        # who says that callers are told of it is kept
        shop.with_user(manager).sudo().dealer_recording_announced = True
        self._demo_other_format()
        exchange = self.create(
            {
                "name": "售后总机",
                "adapter_id": self.env.ref(
                    "dealer_service.dealer_call_adapter_plain"
                ).id,
                "secret": self._new_key(32),
            }
        )
        exchange.action_renew_link()
        exchange._demo_calls_of_visits()
        exchange._demo_strangers()
        self.env["dealer.call.record"]._new_calls()._match_each()
        recorded = self.env["dealer.call.record"].search(
            [("recording_url", "!=", False)], limit=1
        )
        if recorded:
            recorded.with_user(manager).action_listen()

    @api.model
    def _demo_other_format(self):
        """What a second shop would connect: a list in each delivery, milliseconds."""
        self.env["dealer.call.adapter"].create(
            {
                "name": "分机列表（毫秒时间戳）",
                "list_path": "data.cdr",
                "signature_header": "X-Pbx-Sign",
                "timestamp_header": "X-Pbx-Time",
                "signed": "body+timestamp",
                "answer": "success",
                "line_ids": [
                    fields.Command.create(
                        {
                            "sequence": 10 * number,
                            "target": target,
                            "path": path,
                            "value_ids": [
                                fields.Command.create(
                                    dict(
                                        zip(
                                            ("value", "meaning"),
                                            text.split(":"),
                                            strict=True,
                                        )
                                    )
                                )
                                for text in texts
                            ],
                        }
                    )
                    for number, (target, path, texts) in enumerate(NESTED, 1)
                ],
            }
        )

    def _demo_call(self, ref, start, talks, extension, number, direction="out"):
        """The exchange has reported a call that is over.

        :param int talks: seconds; 0 for a call that nobody answered
        """
        self.ensure_one()
        answered = start + timedelta(seconds=11)
        told = {
            "call_ref": f"{start:%Y%m%d}-{ref}",
            "direction": direction,
            "number": number,
            "extension": extension,
            "date_start": start,
            "date_answered": answered if talks else None,
            "date_end": answered + timedelta(seconds=talks or 19),
            "talk_seconds": talks or None,
            "event": "ended",
        }
        if talks > 60:
            told["recording_url"] = f"https://recordings.example/{ref}.mp3"
        return self.env["dealer.call.record"]._hear(self, told)

    def _demo_calls_of_visits(self):
        """Who was here in the last days had called before, or was called after."""
        now = fields.Datetime.now().replace(microsecond=0)
        visits = self.env["dealer.reception"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("date_arrived", ">=", now - timedelta(days=DAYS)),
                ("partner_id.phone_key", "!=", False),
            ],
            order="date_arrived",
        )
        for visit in visits:
            extension = visit.advisor_id.dealer_extension
            number = visit.partner_id.phone_key.replace("+86", "")
            before = visit._demo_day(visit.date_arrived - timedelta(days=1, minutes=9))
            self._demo_call(
                f"{visit.id}-1",
                before,
                40 + visit.id * 37 % 140,
                extension,
                number,
                "in",
            )
            told = visit.date_ready
            if told and told < now - timedelta(minutes=5):
                # every third one is not reached at once
                if not visit.id % 3:
                    self._demo_call(f"{visit.id}-2", told, 0, extension, number)
                    told += timedelta(minutes=2)
                self._demo_call(
                    f"{visit.id}-3", told, 25 + visit.id * 13 % 60, extension, number
                )

    def _demo_strangers(self):
        """Calls that find no customer: hidden, unknown, and one that nobody took."""
        clock = self.env["dealer.reception"]._demo_clock
        now = fields.Datetime.now().replace(microsecond=0)
        for minutes, number, talks, extension in (
            (55, "138****6688", 64, "8002"),
            (140, "05533116688", 132, "8001"),
            (190, "13956001122", 0, "8003"),
            (320, "13856017799", 48, "8004"),
        ):
            self._demo_call(
                f"s{minutes}", clock(now, -minutes), talks, extension, number, "in"
            )
