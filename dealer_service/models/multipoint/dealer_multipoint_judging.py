import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.arguments import BASE64, RECORD, TEXT, arguments
from ...tools.inspection.multipoint import judge, worst
from ...tools.inspection.photo import clean_photo
from ...tools.inspection.video import VideoRefused, clean_video
from .dealer_multipoint_finding import BAD, COLOURS

#: Longest words about one item: what is longer is not read on a phone.
MAX_NOTE = 300
#: Judgements in one call: the largest list, twice.
MAX_ROWS = 200
#: The largest value of anything that is measured on a car.
MAX_VALUE = 99_999


class DealerMultipointSheet(models.Model):
    """Judging the items: by a tap, or by a value against its limits.

    There is no way to judge all of them at once: each row names its item and colour.
    """

    _name = "dealer.multipoint.sheet"
    _inherit = "dealer.multipoint.sheet"

    def get_sheet(self):
        """All that the page of the inspection shows, in one call.

        :return: dict with ``state``, ``areas`` (``name`` and ``items``: ``id``,
            ``name``, ``guide``, ``is_measured``, ``unit``, limits, ``scale``, the
            ``finding`` or nothing, and ``before``: earlier values of the car), and what
            may be done now
        """
        self.ensure_one()
        self.check_access("read")
        items = self._shown_items()
        before = self._values_before(items)
        found = self.finding_ids.grouped("item_id")
        labels = dict(items._fields["area"]._description_selection(self.env))
        areas = {}
        for item in items:
            areas.setdefault(item.area, []).append(
                {
                    **self._item_values(item),
                    "finding": found[item]._shown() if item in found else None,
                    "before": before.get(item.code, []),
                }
            )
        return {
            "id": self.id,
            "state": self.state,
            "can_judge": self.state == "open" and self.has_access("write"),
            "can_offer": self._can_offer(),
            "areas": [
                {"key": key, "name": labels[key], "items": rows}
                for key, rows in areas.items()
            ],
        }

    def _shown_items(self):
        """What is to be judged; once finished, what was."""
        if self.state == "open":
            return self.template_id._items_for(self.company_id)
        return self.finding_ids.item_id.sorted(lambda item: (item.sequence, item.id))

    def _item_values(self, item):
        return {
            "id": item.id,
            "name": item.name,
            "guide": item.guide or "",
            "is_measured": item.is_measured,
            "unit": item.unit or "",
            "worse": item.worse,
            "limit_amber": item.limit_amber,
            "limit_red": item.limit_red,
            "scale": item._scale(),
        }

    # ------------------------------------------------------------------
    # JUDGING
    # ------------------------------------------------------------------

    def action_judge(self, rows):
        """Judge some items, each by itself.

        A value decides the colour by the limits of the item; whoever measures may call
        it worse than its value (a tyre worn on one side), never better. An item that is
        measured has a value, or is not on this car.

        :param list rows: dicts with ``item_id``, ``colour`` (``green``, ``amber``,
            ``red``, ``none``), and optionally ``value`` and ``note``
        :return: the rows as they are now, by id of the item
        :raise UserError: for a sheet that is finished, or an item that is not on it
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        # two people judge on two phones: one after the other
        self.env.cr.execute(
            SQL("UPDATE dealer_multipoint_sheet SET id = id WHERE id = %s", self.id)
        )
        items = self._shown_items()
        known = self.finding_ids.grouped("item_id")
        new, judged = [], items.browse()
        for row in self._checked_rows(rows, items):
            item = row.pop("item")
            if item in judged:
                continue
            judged |= item
            if item in known:
                known[item]._judge_again(row)
            else:
                new.append({"sheet_id": self.id, "item_id": item.id, **row})
        if new:
            new.reverse()
            # the row is the process's: the right was checked on the sheet
            self.env["dealer.multipoint.finding"].sudo()._create_by_method(new)
        return {
            finding.item_id.id: finding._shown()
            for finding in self.finding_ids
            if finding.item_id in judged
        }

    def _checked_rows(self, rows, items):
        """What was handed in, as values of findings.

        :raise UserError: for what no phone of ours sends
        """
        if not isinstance(rows, list) or len(rows) > MAX_ROWS:
            raise UserError(self.env._("A list of judged items is needed."))
        by_id = {item.id: item for item in items}
        # the last word about an item counts
        for row in reversed(rows):
            number = row.get("item_id") if isinstance(row, dict) else None
            item = type(number) is int and by_id.get(number)
            if not item:
                raise UserError(
                    self.env._(
                        "This item is not on the list of %(sheet)s. Reload the page.",
                        sheet=self.display_name,
                    )
                )
            yield {"item": item, **self._judgement(item, row)}

    def _judgement(self, item, row):
        colour, value = row.get("colour"), row.get("value")
        if not colour and not item.is_measured:
            raise UserError(
                self.env._("“%s” has no result. Nothing is green by itself.", item.name)
            )
        colour = colour or "green"
        if colour not in [key for key, _label in COLOURS]:
            shown = str(colour)[:100]
            raise UserError(self.env._("“%(colour)s” is no result.", colour=shown))
        is_value = item.is_measured and colour != "none"
        if is_value:
            self._check_value(item, value)
            by_limits = judge(value, item.limit_amber, item.limit_red, item.worse)
            colour = worst(colour, by_limits)
        note = row.get("note") or ""
        if not isinstance(note, str) or "\0" in note or len(note) > MAX_NOTE:
            raise UserError(
                self.env._(
                    "%(item)s: at most %(count)s characters.",
                    item=item.name,
                    count=MAX_NOTE,
                )
            )
        return {
            "colour": colour,
            "is_measured": is_value,
            "value": value if is_value else 0.0,
            "note": note.strip() or False,
            "unit": item.unit if is_value else False,
            "worse": item.worse if is_value else False,
            "limit_amber": item.limit_amber if is_value else 0.0,
            "limit_red": item.limit_red if is_value else 0.0,
            "user_id": self.env.uid,
            "date": fields.Datetime.now(),
        }

    def _check_value(self, item, value):
        is_number = type(value) in (int, float)
        # NaN lies between no two numbers
        if not is_number or not -MAX_VALUE <= value <= MAX_VALUE:
            raise UserError(
                self.env._(
                    "%(item)s is measured: enter the value (%(unit)s).",
                    item=item.name,
                    unit=item.unit or "–",
                )
            )
        if not item._is_possible(value):
            raise UserError(
                self.env._(
                    "%(item)s: %(value)s is not possible (%(low)s to %(high)s). Is the "
                    "decimal point missing?",
                    item=item.name,
                    value=f"{value:g} {item.unit or ''}".strip(),
                    low=f"{item.possible_from:g}",
                    high=f"{item.possible_to:g}",
                )
            )

    @arguments(item_id=RECORD, photo=BASE64)
    def action_photo(self, item_id, photo):
        """A photo of an item that was judged, drawn anew: without place and hour.

        :param str photo: base64 of a picture; nothing takes it off again
        """
        finding = self._open_finding(item_id)
        if photo:
            try:
                picture = clean_photo(base64.b64decode(photo))
            except (binascii.Error, ValueError):
                raise UserError(self.env._("This file is not a picture.")) from None
            photo = base64.b64encode(picture)
        # as above
        finding.sudo()._write_by_method(
            {"photo": photo or False, "has_photo": bool(photo)}
        )
        return finding._shown()

    @arguments(item_id=RECORD)
    def action_video(self, item_id, video):
        """A short video of an item: the picture alone, without sound, place and hour.

        :param str video: base64 of an MP4 or QuickTime file with H.264; nothing takes
            it off again
        :raise UserError: saying what is wrong with it, and the way out
        """
        finding = self._open_finding(item_id)
        content = video and self._cleaned_video(video)
        # as above
        finding.sudo()._write_by_method(
            {
                "video": content and base64.b64encode(content),
                "has_video": bool(content),
            }
        )
        return finding._shown()

    def _cleaned_video(self, video):
        company = self.company_id
        refusals = {
            "large": self.env._(
                "The video is larger than %(size)s MB. Film for a shorter time, or "
                "with less resolution.",
                size=company.dealer_video_mb,
            ),
            "kind": self.env._(
                "This file is no video that can be shown. Film with the camera of the "
                "phone, as MP4."
            ),
            "codec": self.env._(
                "Most browsers cannot play this video (HEVC). On an iPhone choose "
                "Settings → Camera → Formats → Most Compatible, on other phones switch "
                "HEVC off, and film again."
            ),
            "long": self.env._(
                "The video is longer than %(seconds)s seconds. Show only what was "
                "found.",
                seconds=company.dealer_video_seconds,
            ),
        }
        if not isinstance(video, (str, bytes)):
            raise UserError(refusals["kind"])
        # base64 has four characters for three bytes
        if len(video) * 3 / 4 > company.dealer_video_mb * 1024 * 1024 + 4:
            raise UserError(refusals["large"])
        try:
            content = base64.b64decode(video, validate=True)
            return clean_video(content, company.dealer_video_seconds)
        except VideoRefused as refusal:
            raise UserError(refusals[refusal.args[0]]) from None
        except (binascii.Error, ValueError):
            raise UserError(refusals["kind"]) from None

    @arguments(item_id=RECORD, note=TEXT)
    def action_note(self, item_id, note=""):
        """Words about an item that was judged."""
        finding = self._open_finding(item_id)
        note = note.strip()
        if len(note) > MAX_NOTE:
            raise UserError(
                self.env._(
                    "%(item)s: at most %(count)s characters.",
                    item=finding.display_name,
                    count=MAX_NOTE,
                )
            )
        # as above
        finding.sudo()._write_by_method({"note": note or False})
        return finding._shown()

    def _open_finding(self, item_id):
        """:raise UserError: for an item that nobody has judged, or that is offered"""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        number = getattr(item_id, "id", item_id)
        finding = self.finding_ids.filtered(lambda row: row.item_id.id == number)
        if not finding:
            raise UserError(self.env._("Judge the item first."))
        finding._check_not_offered()
        return finding


class DealerMultipointFinding(models.Model):
    """Judged again: what was said before stays."""

    _name = "dealer.multipoint.finding"
    _inherit = "dealer.multipoint.finding"

    def _judge_again(self, row):
        """Replace the judgement; the former one is kept beside it.

        :raise UserError: for what the customer was told already
        """
        self.ensure_one()
        is_same = (
            row["colour"] == self.colour
            and row["is_measured"] == self.is_measured
            and row["value"] == self.value
        )
        note = row["note"] or self.note
        if is_same:
            if note != self.note:
                self._check_not_offered()
                # the right was checked on the sheet
                self.sudo()._write_by_method({"note": note})
            return
        self._check_not_offered()
        before = {
            "colour": self.colour,
            "value": self.value if self.is_measured else None,
            "user_id": self.user_id.id,
            "date": fields.Datetime.to_string(self.date),
        }
        # as above
        self.sudo()._write_by_method(
            {**row, "note": note, "former": [*(self.former or []), before]}
        )

    def _check_not_offered(self):
        for finding in self:
            if finding.date_offered:
                raise UserError(
                    self.env._(
                        "“%(item)s” was offered to the customer as it is, and is not "
                        "changed any more.",
                        item=finding.display_name,
                    )
                )

    def _shown(self):
        """A finding as the page of the inspection shows it."""
        self.ensure_one()
        return {
            "id": self.id,
            "colour": self.colour,
            "value": self.value if self.is_measured else None,
            "note": self.note or "",
            "has_photo": self.has_photo,
            "has_video": self.has_video,
            "stamp": fields.Datetime.to_string(self.write_date),
            "is_offered": bool(self.date_offered),
            "is_bad": self.colour in BAD,
            # who looked at it is no secret in the shop
            "user": self.sudo().user_id.name,
            "decision": self.decision or "",
        }
