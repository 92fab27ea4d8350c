import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from odoo.addons.dealer_service.tools.plate import is_plate_start, plate_key

from .dealer_activity_states import OPEN_INVITEE_STATES

BATCH = 5000
#: Days: nobody is invited to two activities within them.
GAP_DAYS = 7
#: What an answer of a refresh writes into the list.
_COLUMNS = ("vehicle_id", "partner_id", "contact_name", "contact_phone")


class DealerActivity(models.Model):
    """For whom the activity is: cars, and what keeps from inviting their owners."""

    _name = "dealer.activity"
    _inherit = ["dealer.activity", "dealer.filter.mixin"]

    vehicle_domain = fields.Char("Cars", copy=True)
    rule_id = fields.Many2one(
        "dealer.care.rule",
        "Rule of the Invitation",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('source', '=', 'manual'), ('company_id', 'in', (company_id, False))]",
        help="Defines the call script, callers, limits and exclusions of the "
        "invitation.",
    )
    invitee_ids = fields.One2many("dealer.activity.invitee", "activity_id", "Invitees")
    audience_date = fields.Datetime("Audience Chosen On", readonly=True, copy=False)

    @api.constrains("vehicle_domain")
    def _check_vehicle_domain(self):
        self._check_stored_filter("vehicle_domain", "fleet.vehicle")

    def _vehicle_domain(self):
        """The cars of the activity: what was chosen, and within its area."""
        self.ensure_one()
        chosen = self._stored_filter(
            self.vehicle_domain, "fleet.vehicle", self.company_id
        )
        meant = self._area_domain() & self._club_domain()
        return chosen & meant & Domain("is_customer_vehicle", "=", 1)

    def _area_domain(self):
        """Cars whose owner lives in the area, or whose plate is from there."""
        parts = []
        for word in re.split(r"[\s,，、;；]+", self.area or ""):
            if word.isascii() and word.isdigit():
                parts.append(Domain("owner_id.zip", "=like", f"{word}%"))
            elif is_plate_start(word):
                parts.append(Domain("plate_key", "=like", f"{plate_key(word)}%"))
            elif word:
                parts += [
                    Domain(f"owner_id.{name}", "ilike", word)
                    for name in ("city", "street", "street2", "state_id.name")
                ]
        return Domain.OR(parts) if parts else Domain.TRUE

    # ------------------------------------------------------------------
    # ACTIONS
    # ------------------------------------------------------------------

    def action_refresh_audience(self):
        """Choose the cars anew. Who was invited or has replied stays.

        :raise UserError: once the activity is over
        """
        self.check_access("write")
        for activity in self:
            if activity.state not in ("draft", "planned", "inviting", "running"):
                raise UserError(
                    self.env._(
                        "%s is over: its audience can no longer be changed.",
                        activity.name,
                    )
                )
            activity._refresh_audience()
        return True

    # ------------------------------------------------------------------
    # BUSINESS
    # ------------------------------------------------------------------

    def _refresh_audience(self):
        """Judge every chosen car, in batches: a few queries for thousands of cars."""
        self.ensure_one()
        self.env.flush_all()
        invitees = self.env["dealer.activity.invitee"]
        known = {
            row["vehicle_id"]: row
            for row in self.env.execute_query_dict(
                SQL(
                    """SELECT id, vehicle_id, partner_id, contact_name, contact_phone,
                        state, exclusion
                    FROM dealer_activity_invitee
                    WHERE activity_id = %s AND vehicle_id IS NOT NULL""",
                    self.id,
                )
            )
        }
        # one invitation to a telephone; seats are for people, not for cars
        numbers = {
            row["contact_phone"]
            for row in known.values()
            if row["state"] not in OPEN_INVITEE_STATES
        }
        seen = set()
        for rows in split_every(BATCH, self._candidates(), list):
            seen.update(row["vehicle_id"] for row in rows)
            reasons = self._exclusions(rows)
            new, changed = [], {}
            for row, reason in zip(rows, reasons, strict=True):
                reason = reason or self._same_number(row["contact_phone"], numbers)
                former = known.get(row["vehicle_id"])
                if not former:
                    new.append((row, reason))
                elif former["state"] in OPEN_INVITEE_STATES:
                    if former["exclusion"] != "taken_out":
                        self._note_change(former, row, reason, changed)
                elif former["partner_id"] != row["partner_id"]:
                    self._note_sold(former, changed)
            self._insert(new)
            for values, row_ids in changed.items():
                rows = invitees.browse(row_ids)
                rows._write_by_method(dict(values))
                rows.filtered(lambda row: row.state == "excluded")._drop_call()
        gone = [
            row["id"]
            for car, row in known.items()
            if car not in seen and row["state"] in OPEN_INVITEE_STATES
        ]
        invitees.browse(gone).unlink()
        self._write_by_method({"audience_date": fields.Datetime.now()})
        self.invalidate_recordset(["invitee_ids"])

    def _candidates(self):
        """The facts of every chosen car of the shop, the loyal customers first."""
        cars = self.env["fleet.vehicle"]._search(self._vehicle_domain())
        return self.env.execute_query_dict(
            SQL(
                """SELECT v.id AS vehicle_id, who.id AS partner_id,
                    who.name AS contact_name, who.phone_key AS contact_phone,
                    %(shop)s AS company_id, v.is_owner_wrong,
                    (own.id IS NOT NULL OR who.partner_share IS FALSE) AS is_own
                FROM fleet_vehicle v
                LEFT JOIN res_partner who ON who.id = COALESCE(v.contact_id, v.owner_id)
                LEFT JOIN res_company own ON own.partner_id = v.owner_id
                LEFT JOIN res_users seller ON seller.id = v.seller_id
                LEFT JOIN LATERAL (
                    SELECT m.company_id FROM dealer_reception m
                    WHERE m.vehicle_id = v.id AND m.state = 'delivered'
                    ORDER BY m.date_arrived DESC LIMIT 1
                ) visit ON v.company_id IS NULL
                WHERE v.active AND v.id IN %(cars)s
                AND COALESCE(v.company_id, visit.company_id, seller.company_id,
                    %(shop)s) = %(shop)s
                ORDER BY v.last_reception_date DESC NULLS LAST, v.id""",
                cars=cars.subselect(),
                shop=self.company_id.id,
            )
        )

    def _exclusions(self, subjects, channel=None):
        """Why each subject is not invited; ``None`` where nothing is against it.

        :param list subjects: dicts as a care rule judges them
        :param str channel: how they would be invited; default: as the rule says
        :raise UserError: without a rule that could be asked
        """
        self.ensure_one()
        if not self.rule_id:
            raise UserError(
                self.env._("%s: choose the invitation rule first.", self.name)
            )
        blocks = self.rule_id._blocks(subjects, channel=channel)
        elsewhere = self._invited_elsewhere(
            [row["vehicle_id"] for row in subjects if row["vehicle_id"]]
        )
        reasons = []
        for row, block in zip(subjects, blocks, strict=True):
            if not row["partner_id"]:
                reasons.append("no_owner")
            elif row.get("is_owner_wrong"):
                reasons.append("not_owner")
            elif row.get("is_own"):
                reasons.append("own_staff")
            elif block:
                reasons.append(block.reason)
            elif row["vehicle_id"] in elsewhere and not self.rule_id._is_necessary():
                reasons.append("other_activity")
            else:
                reasons.append(None)
        return reasons

    def _invited_elsewhere(self, car_ids):
        """Cars that another activity has invited within these days."""
        now = fields.Datetime.now()
        # activities of every shop count
        rows = self.env["dealer.activity.invitee"].sudo()
        found = rows._read_group(
            [
                ("vehicle_id", "in", car_ids),
                ("activity_id", "!=", self.id),
                ("activity_id.state", "!=", "cancelled"),
                ("date_invited", ">=", now - timedelta(days=GAP_DAYS)),
            ],
            ["vehicle_id"],
        )
        return {car.id for [car] in found}

    def _same_number(self, phone, numbers):
        """Whether a seat for this telephone was offered already."""
        if not self.has_seats or not phone:
            return None
        if phone in numbers:
            return "same_number"
        numbers.add(phone)
        return None

    def _note_change(self, former, row, reason, changed):
        """Collect what the list says differently now."""
        values = {name: row[name] or False for name in _COLUMNS[1:]}
        values["state"] = "excluded" if reason else "listed"
        values["exclusion"] = reason or False
        if any((former[name] or False) != value for name, value in values.items()):
            changed.setdefault(tuple(values.items()), []).append(former["id"])

    @staticmethod
    def _note_sold(former, changed):
        """Who was invited has sold the car; a reply that was given stays."""
        if former["state"] == "invited":
            values = (("state", "excluded"), ("exclusion", "sold"))
            changed.setdefault(values, []).append(former["id"])

    def _insert(self, rows):
        """Add new rows to the list, thousands at once."""
        if not rows:
            return
        columns = [[row[name] or None for row, _reason in rows] for name in _COLUMNS]
        columns.append([reason for _row, reason in rows])
        self.env.cr.execute(
            SQL(
                """INSERT INTO dealer_activity_invitee (activity_id, company_id,
                    vehicle_id, partner_id, contact_name, contact_phone, exclusion,
                    state, persons, create_uid, write_uid, create_date, write_date)
                SELECT %(activity)s, %(shop)s, new.*,
                    CASE WHEN new.exclusion IS NULL THEN 'listed' ELSE 'excluded' END,
                    1, %(user)s, %(user)s, NOW() AT TIME ZONE 'UTC',
                    NOW() AT TIME ZONE 'UTC'
                FROM unnest(%(cars)s::int[], %(partners)s::int[], %(names)s::varchar[],
                    %(phones)s::varchar[], %(reasons)s::varchar[])
                    AS new(vehicle_id, partner_id, name, phone, exclusion)
                ON CONFLICT DO NOTHING""",
                activity=self.id,
                shop=self.company_id.id,
                user=self.env.uid,
                **dict(
                    zip(
                        ("cars", "partners", "names", "phones", "reasons"),
                        columns,
                        strict=True,
                    )
                ),
            )
        )
        self.env["dealer.activity.invitee"].invalidate_model()
