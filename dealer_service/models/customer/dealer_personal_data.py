from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools.personal import Personal
from ...tools.savepoints import each_in_savepoint

#: Kinds of columns that hold words.
TEXT_TYPES = ("char", "text", "html", "json", "properties")
#: What stands in a column that must not be empty.
DASH = "–"


class DealerPersonalData(models.AbstractModel):
    """Forgetting a person: one register of places, one method that empties them.

    Columns are emptied by SQL. The guards of the models keep people from rewriting
    what happened: here what happened stays, and only the person goes. And what the
    ORM writes, the chatter would write down once more.
    """

    _name = "dealer.personal.data"
    _description = "Personal Data"

    @api.model
    def _personal_places(self):
        """Every place that may hold words about a person; each addon adds its own.

        Rows are found through those of the entries before. Entries of one model add
        to each other.

        :return: list of ``Personal``
        """
        return []

    def _places(self):
        """The register as one ``Personal`` for each model that is installed.

        What hangs on any record comes last: it is found when all others are.
        """
        places = {}
        for place in self._personal_places():
            if place.model in self.env:
                known = places.get(place.model)
                places[place.model] = known + place if known else place
        return sorted(places.values(), key=lambda place: bool(place.document))

    # ------------------------------------------------------------------
    # FORGETTING
    # ------------------------------------------------------------------

    @api.model
    def _forget(self, partner):
        """Empty what is said about a person, except what a law makes the shop keep.

        Doing it again is harmless: it forgets what was written since, and what needs
        to be kept no longer.

        :param partner: the card; people entered below it are forgotten with it
        """
        self.env.flush_all()
        places = self._places()
        found = self._find(partner, places)
        held = self._hold(partner, places, found)
        for place in places:
            # some have gone with others
            rows = found[place.model].exists()
            if hasattr(rows, "_track_discard"):
                # changes of this very transaction would be told in the chatter
                rows._track_discard()
            if place.delete:
                self._deletable(rows, places, held).unlink()
            elif rows:
                self._empty(rows, self._emptied(place, partner, held))
        self._empty_dialogs(found)
        self.env.invalidate_all()

    def _emptied(self, place, partner, held):
        """What is written into the columns of a place: a value by name."""
        model = self.env[place.model]
        values = {name: value for name, value in place.put.items() if name in model}
        for name in self._text_columns(model):
            if name in place.keep and self._is_kept(place.keep[name], held):
                continue
            if name in place.alias:
                values[name] = partner._anonymous_name()
            else:
                values[name] = DASH if model._fields[name].required else None
        return values

    def _empty(self, rows, values):
        """Write without a word to anybody."""
        if not rows or not values:
            return
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id IN %s",
                SQL.identifier(rows._table),
                SQL(", ").join(
                    SQL("%s = %s", SQL.identifier(name), value)
                    for name, value in values.items()
                ),
                tuple(rows.ids),
            )
        )

    def _deletable(self, rows, places, held):
        """Without the files that are kept, and what the audit trail does not let go."""
        if rows._name == "ir.attachment":
            kept = {
                (place.model, name)
                for place in places
                for name, reason in place.keep.items()
                if self._is_kept(reason, held)
            }
            return rows.filtered(lambda f: (f.res_model, f.res_field) not in kept)
        if rows._name == "mail.message":
            return rows.filtered(lambda mail: not mail.account_audit_log_restricted)
        return rows

    def _empty_dialogs(self, found):
        """What stands in an open dialog about one of these records."""
        for model in self.env.values():
            if not model._transient or not model._auto:
                continue
            links = [
                [(field.name, "in", found[field.comodel_name].ids)]
                for field in model._fields.values()
                if field.store
                and field.type in ("many2one", "many2many")
                and found.get(field.comodel_name)
            ]
            for name in ("res_model", "model"):
                if name in model._fields and "res_id" in model._fields:
                    links += [
                        [(name, "=", rows._name), ("res_id", "in", rows.ids)]
                        for rows in found.values()
                        if rows and model._fields[name].store
                    ]
            if links:
                place = Personal(model._name)
                rows = model.browse().search(Domain.OR(links))
                self._empty(rows, self._emptied(place, self.env["res.partner"], ()))

    @staticmethod
    def _text_columns(model):
        """Names of the stored fields of a model that hold words."""
        return [
            name
            for name, field in model._fields.items()
            if field.store and field.column_type and field.type in TEXT_TYPES
        ]

    @staticmethod
    def _is_kept(reason, held):
        return reason.retention is None or reason.retention in held

    # ------------------------------------------------------------------
    # FINDING
    # ------------------------------------------------------------------

    def _find(self, partner, places):
        """The rows of each place.

        :return: dict of records by name of the model
        """
        found = {"res.partner": partner._forgotten_people()}
        for place in places:
            if place.model not in found:
                rows = self.env[place.model].with_context(active_test=False)
                domain = Domain.OR(self._ways(place, found))
                found[place.model] = rows.search(domain & Domain(list(place.only)))
        return found

    def _ways(self, place, found):
        """The ways that lead from the person to the rows of a place, as domains."""
        fields_of = self.env[place.model]._fields
        people = found["res.partner"]
        for name in place.by:
            rows = found.get(fields_of[name].comodel_name)
            if rows:
                yield Domain(name, "in", rows.ids)
        for name in place.numbers:
            yield Domain(name, "in", people._own_numbers())
        if place.document:
            model, number = place.document
            for rows in found.values():
                hanging = Domain(number, "in", rows.ids)
                if (place.model, rows._name) == ("mail.message", "fleet.vehicle"):
                    hanging = Domain.OR(self._written_about_cars(rows, people))
                yield Domain(model, "=", rows._name) & hanging

    def _written_about_cars(self, cars, people):
        """What was written on cars while these people owned them, as domains."""
        for car in cars:
            since = car._owner_since()
            written = Domain("date", ">=", since) if since else Domain.TRUE
            yield Domain("res_id", "=", car.id) & written
        owned = self.env["dealer.vehicle.ownership"].search(
            [("partner_id", "in", people.ids), ("date_to", "!=", False)]
        )
        for row in owned:
            written = Domain("date", "<", fields.Date.add(row.date_to, days=1))
            if row.date_from:
                written &= Domain("date", ">=", row.date_from)
            yield Domain("res_id", "=", row.vehicle_id.id) & written

    # ------------------------------------------------------------------
    # KEEPING
    # ------------------------------------------------------------------

    def _hold(self, partner, places, found):
        """Write down what is kept of this person, and by which law until when.

        :return: codes of the retentions that hold today
        """
        newest, counts = {}, {}
        for place in places:
            rows = found[place.model]
            for code in {reason.retention for reason in place.keep.values()} - {None}:
                if rows:
                    last = max(rows.mapped("create_date"))
                    newest[code] = max(newest.get(code, last), last)
                    counts[code] = counts.get(code, 0) + len(rows)
        return partner._keep_records(newest, counts)

    @api.model
    def _cron_forget_again(self):
        """Forget what somebody was writing while a person was forgotten, and what no
        law holds any more."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=2)
        over = self.env["dealer.kept.record"].search(
            [("date_until", "<", fields.Date.today())]
        )
        recent = self.env["res.partner"].search([("anonymised_on", ">=", since)])
        partners = recent | over.partner_id
        for done, partner in enumerate(partners, 1):
            each_in_savepoint(partner, self._forget)
            self.env["ir.cron"]._commit_progress(1, remaining=len(partners) - done)
