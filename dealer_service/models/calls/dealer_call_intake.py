import hashlib
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError

from ...tools import groups
from ...tools.calls.payload import MAX_REF, as_safe_link, as_seconds
from ...tools.files.messages import told_once
from ...tools.phone import dialled_key

_ORDER = ("ringing", "answered", "ended")
#: What a list may say of a call.
_LISTED = (
    "call_ref",
    "date_answered",
    "date_end",
    "date_start",
    "direction",
    "extension",
    "number",
    "talk_seconds",
)


class DealerCallRecord(models.Model):
    """How a call is told: in pieces, twice, in any order; or in a list, much later."""

    _name = "dealer.call.record"
    _inherit = "dealer.call.record"

    # ------------------------------------------------------------------
    # BY THE EXCHANGE
    # ------------------------------------------------------------------

    @api.model
    def _hear(self, exchange, told):
        """Keep what the exchange says of one call.

        :param dict told: see ``dealer.call.adapter._read_item``
        :return: the call
        """
        company = exchange.company_id
        vals = self._told_vals(company, told)
        return self._take_in(
            company, {**vals, "exchange_id": exchange.id, "origin": "exchange"}
        )

    @api.model
    def _told_vals(self, company, told):
        """Values of a record: what was said, and what follows from it."""
        vals = {
            name: told[name]
            for name in (
                "call_ref",
                "date_answered",
                "date_end",
                "date_start",
                "talk_seconds",
            )
            if told.get(name) is not None
        }
        users = self.env["res.users"]
        caller, callee = told.get("caller", ""), told.get("callee", "")
        direction = told.get("direction")
        if not direction:
            is_out = caller and users._dealer_at_extension(caller, company)
            direction = "out" if is_out else "in"
        inside, outside = (caller, callee) if direction == "out" else (callee, caller)
        vals["direction"] = direction
        vals["number"] = told.get("number") or outside
        vals["extension"] = told.get("extension") or inside
        vals["stage"] = told.get("event") or "ended"
        link = as_safe_link(told.get("recording_url"))
        if link and company._dealer_keeps_recordings():
            vals["recording_url"] = link
        return vals

    # ------------------------------------------------------------------
    # BOTH
    # ------------------------------------------------------------------

    @api.model
    def _take_in(self, company, vals):
        """Create the call, or add what is not known of it yet.

        :return: the call
        """
        known = self.search(
            [("company_id", "=", company.id), ("call_ref", "=", vals["call_ref"])]
        )
        if known:
            known._complete_with(vals)
            return known
        vals = self._derived(company, vals)
        start = vals.get("date_start") or vals.get("date_answered")
        vals["date_start"] = start or vals.get("date_end") or fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                return self._create_by_method([{**vals, "company_id": company.id}])
        except UniqueViolation as clash:
            # told twice at the same moment: whoever comes second begins again
            raise ConcurrencyError(vals["call_ref"]) from clash

    @api.model
    def _derived(self, company, vals):
        """With number, colleague and length as they follow from what was told."""
        vals = dict(vals)
        country = company.country_id.code or "CN"
        vals["number_key"] = dialled_key(
            vals.get("number"), country, company._dealer_outside_line()
        )
        user = self.env["res.users"]._dealer_at_extension(
            vals.get("extension"), company
        )
        if user:
            vals["user_id"] = user.id
        answered, end = vals.get("date_answered"), vals.get("date_end")
        if answered and end and not vals.get("talk_seconds"):
            vals["talk_seconds"] = max(0, int((end - answered).total_seconds()))
        elif vals.get("talk_seconds") and end and not answered:
            vals["date_answered"] = end - timedelta(seconds=vals["talk_seconds"])
        elif vals.get("talk_seconds") and answered and not end:
            vals["date_end"] = answered + timedelta(seconds=vals["talk_seconds"])
        return vals

    def _complete_with(self, vals):
        """Add what is told later; what was told stays, and a stage only goes on.

        What has ended is added to by nobody: it may be proof already. What a list adds
        to a call of the exchange is vouched for by who imported the list.
        """
        self.ensure_one()
        if self.stage == "ended":
            return
        known = {
            name: self[name]
            for name in ("date_start", "date_answered", "date_end", "talk_seconds")
            if self[name]
        }
        extension, number = self.extension, self.number
        merged = self._derived(
            self.company_id,
            {
                **vals,
                **known,
                "extension": extension or vals.get("extension"),
                "number": number or vals.get("number"),
            },
        )
        if vals.get("date_start") and vals["date_start"] < self.date_start:
            # what was heard first was not how it began
            merged["date_start"] = vals["date_start"]
        stage = max(self.stage, vals["stage"], key=_ORDER.index)
        kept = {"call_ref", "direction", "exchange_id"}
        if self.user_id:
            kept.add("user_id")
        news = {
            name: value
            for name, value in merged.items()
            if name not in kept and value and self._would_change(merged, name)
        }
        self._write_by_method({**news, "stage": stage, "is_new": True})

    # ------------------------------------------------------------------
    # A LIST
    # ------------------------------------------------------------------

    @api.model
    def get_import_templates(self):
        """The file to fill in, with the headings of the user's language."""
        language = "zh_CN" if (self.env.lang or "").startswith("zh") else "en"
        return [
            {
                "label": self.env._("Import Template for Call Lists"),
                "template": f"/dealer_service/static/xls/calls_{language}.xlsx",
            }
        ]

    @api.model
    def load(self, fields, data):
        """See ``models.load``: each refused row is told once.

        :raise AccessError: for who does not run the service department
        """
        self._check_importer()
        if "talk_seconds" in fields:
            # lists say 1:35 as well as 95
            place = fields.index("talk_seconds")
            for row in data:
                seconds = as_seconds(row[place]) if row[place] else None
                if seconds is not None:
                    row[place] = str(seconds)
        return told_once(super().load(fields, data))

    def _check_importer(self):
        if not (self.env.su or self.env.user.has_group(groups.MANAGER)):
            raise AccessError(
                self.env._("Only a service manager may import the list of calls.")
            )

    @api.model
    def _load_records_create(self, vals_list):
        """The calls of a list; one that is known is not told twice."""
        self._check_importer()
        company = self.env.company
        # people read calls; a list is taken in by the process
        calls = self.sudo().browse()
        for row in vals_list:
            calls += calls._take_in(company, self._row_vals(row))
        calls._match_soon()
        return calls.with_env(self.env)

    @api.model
    def _row_vals(self, row):
        """What a row of a list says, and nothing that lists do not.

        :raise UserError: for a row that tells of no call
        """
        vals = {name: row[name] for name in _LISTED if row.get(name)}
        for name in ("call_ref", "extension", "number"):
            if len(vals.get(name) or "") > MAX_REF:
                raise UserError(
                    self.env._(
                        "“%(value)s…” is longer than %(most)s characters.",
                        value=vals[name][:20],
                        most=MAX_REF,
                    )
                )
        if vals.get("talk_seconds", 0) < 0:
            raise UserError(self.env._("A call lasts no less than no second."))
        for name in ("date_start", "date_answered", "date_end"):
            if name in vals:
                vals[name] = fields.Datetime.to_datetime(vals[name])
        if not vals.get("date_start") or not vals.get("direction"):
            raise UserError(
                self.env._("A call has a time at which it started, and a direction.")
            )
        if vals["date_start"] > fields.Datetime.now() + timedelta(minutes=5):
            raise UserError(self.env._("A call that is still to come is no fact."))
        return {
            "call_ref": self._made_up_ref(vals),
            **vals,
            "stage": "ended",
            "origin": "list",
            "importer_id": self.env.uid,
        }

    @api.model
    def _made_up_ref(self, vals):
        """The same ID for the same call of a list that has none."""
        parts = (
            vals.get(name)
            for name in ("date_start", "direction", "extension", "number")
        )
        digest = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()
        return f"list-{digest[:24]}"
