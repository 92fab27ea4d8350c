from collections import namedtuple
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ...tools import work_time
from ...tools.arguments import FLAG, TEXT, arguments

#: A month until now, and the same days of the month before: naive UTC, half open.
#: ``days`` are the dates of this month up to today, ``tz`` is the shop's time zone.
Month = namedtuple("Month", "start stop previous_start previous_stop days tz")
#: How urgent a tile is when it counts something: colour on the screen, and the order.
KINDS = ("danger", "warning", "info", "success", "muted")


class DealerHome(models.AbstractModel):
    """The home of each app: what needs the user now, and the month of a manager.

    An addon adds its own by extending :meth:`_home_apps`, :meth:`_home_ways`,
    :meth:`_home_tiles` and :meth:`_home_month` with ``_inherit``. Nothing is stored.
    Counts are searches of the user, so that record rules hold; what a user may not open
    is not shown.
    """

    _name = "dealer.home"
    _description = "App Home Page"

    # ------------------------------------------------------------------
    # API
    # ------------------------------------------------------------------

    @api.model
    @arguments(app=TEXT, mine=FLAG)
    def get_home(self, app, mine=None):
        """Everything that the home of an app shows, in one call.

        :param str app: a key of :meth:`_home_apps`
        :param bool mine: count the user's own only; by default all for managers, own
            for others
        :return: dict with ``app``, ``name``, ``mine``, ``date`` (of the shop),
            ``sections`` (one for each app the user has, this one first, with its
            ``tiles``), ``ways`` (what the user begins with), ``months`` (one for
            each app the user manages: ``figures`` and ``charts``) and ``guide`` (what
            the shop has not been asked for yet, or nothing)
        :raise AccessError: for who has not got the app
        """
        apps = self._my_apps()
        self._check_app(app, apps)
        if mine is None:
            mine = not self.env.user.has_group(apps[app]["manager"])
        month = self._this_month()
        shown = [app, *(other for other in apps if other != app)]
        managed = [n for n in shown if self.env.user.has_group(apps[n]["manager"])]
        return {
            "app": app,
            "name": apps[app]["name"],
            "mine": bool(mine),
            "date": fields.Date.to_string(month.days[-1]),
            "guide": self._home_guide(app),
            "ways": self._home_ways(app),
            "sections": [
                {
                    "app": name,
                    "name": apps[name]["name"],
                    "tiles": self._count_tiles(name, mine),
                }
                for name in shown
            ],
            "months": [
                {
                    "app": name,
                    "name": apps[name]["name"],
                    **self._strip(self._home_month(name, month)),
                }
                for name in managed
            ]
            if app in managed
            else [],
        }

    @api.model
    @arguments(app=TEXT, key=TEXT, mine=FLAG)
    def open_tile(self, app, key, mine=False):
        """The action behind a tile: what it counts, as a list or board of Odoo.

        :raise UserError: when there is no such tile for the user
        """
        self._check_app(app, self._my_apps())
        for tile in self._my_tiles(app):
            if tile["key"] == key:
                return self._action(tile, self._tile_domain(tile, mine), tile["label"])
        raise UserError(self.env._("There is no “%(tile)s” here.", tile=key))

    @api.model
    @arguments(app=TEXT, key=TEXT)
    def open_report(self, app, key):
        """The report behind a figure or a chart of the month.

        :raise UserError: when there is no such report for the user
        """
        apps = self._my_apps()
        self._check_app(app, apps)
        if self.env.user.has_group(apps[app]["manager"]):
            part = self._home_month(app, self._this_month())
            for item in part["figures"] + part["charts"]:
                if item["key"] == key:
                    return self._action(item, item.get("domain"), item["label"])
        raise UserError(self.env._("There is no “%(tile)s” here.", tile=key))

    # ------------------------------------------------------------------
    # EXTENSION POINTS
    # ------------------------------------------------------------------

    @api.model
    def _home_apps(self):
        """The apps of the suite.

        :return: dict of app: ``name``, ``group`` (who has it) and ``manager`` (who sees
            all, and the month), both XML ids of groups
        """
        return {}

    @api.model
    def _home_tiles(self, app):
        """What may need somebody now, in the order of the screen.

        :return: list of dicts: ``key``, ``label``, ``help``, ``kind`` (see
            :data:`KINDS`), ``model``, ``domain``, ``action`` (XML id); optional
            ``mine`` (a domain of what is the user's own) and ``group`` (XML id)
        """
        return []

    @api.model
    def _home_ways(self, app):
        """What the work begins with: the large buttons above the tiles.

        :return: list of dicts: ``key``, ``label``, ``help``, ``icon``, ``action`` (XML
            id) and ``hotkey`` (the letter that does it together with Alt)
        """
        return []

    @api.model
    def _home_guide(self, app):
        """What stands above the tiles while the shop is not set up.

        :return: ``None``, or a dict: ``has_zone``, ``is_manager`` (may set it up) and
            ``steps`` (``key``, ``label``, ``help``, ``done``)
        """
        return None

    @api.model
    def _home_month(self, app, month):
        """The month of a manager; asked for the apps the user manages only.

        :param str app: a key of :meth:`_home_apps`
        :param month: a :class:`Month`
        :return: dict with ``figures`` (``key``, ``label``, ``value``, ``previous``,
            ``unit``, ``better``: ``up`` or ``down``) and ``charts`` (``key``,
            ``label``, ``days``, ``datasets``: ``label``, ``kind``, ``data``); each
            with ``action`` (XML id) and, if any, ``domain``
        """
        return {"figures": [], "charts": []}

    # ------------------------------------------------------------------
    # TILES
    # ------------------------------------------------------------------

    @api.model
    def _my_apps(self):
        return {
            app: values
            for app, values in self._home_apps().items()
            if self.env.user.has_group(values["group"])
        }

    @api.model
    def _check_app(self, app, apps):
        if app not in apps:
            raise AccessError(
                self.env._("Your user has no role in this app. Ask your manager.")
            )

    @api.model
    def _my_tiles(self, app):
        """The tiles of an app which the user may open."""
        return [
            tile
            for tile in self._home_tiles(app)
            if (not tile.get("group") or self.env.user.has_group(tile["group"]))
            and self.env[tile["model"]].has_access("read")
        ]

    @api.model
    def _tile_domain(self, tile, mine):
        """What a tile counts: in the companies of the user, own ones if asked for."""
        domain = Domain(tile["domain"])
        if mine and tile.get("mine"):
            domain &= Domain(tile["mine"])
        return domain

    @api.model
    def _count_tiles(self, app, mine):
        """What there is to count, of all tiles in one query."""
        tiles = self._my_tiles(app)
        counts = self._count_all(
            [(tile["model"], self._tile_domain(tile, mine)) for tile in tiles]
        )
        return [
            {
                **{name: tile[name] for name in ("key", "label", "help", "kind")},
                "count": count,
            }
            for tile, count in zip(tiles, counts, strict=True)
        ]

    @api.model
    def _count_all(self, wanted):
        """How many records each search finds, with the rules of the user.

        :param list wanted: pairs of model and domain
        """
        queries = [self.env[model]._search(domain) for model, domain in wanted]
        # what is known to find nothing, or these records, is not asked for
        asked = [query for query in queries if query._ids is None]
        counts = []
        if asked:
            parts = [SQL("(%s)", query.select("COUNT(*)")) for query in asked]
            [counts] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(parts)))
        found = iter(counts)
        return [next(found) if query._ids is None else len(query) for query in queries]

    @api.model
    def _action(self, item, domain, name):
        action = self.env["ir.actions.actions"]._for_xml_id(item["action"])
        if action["type"] == "ir.actions.act_window":
            # what is counted is shown, whatever the action filters by itself
            action["context"] = item.get("context", {})
            action["name"] = action["display_name"] = name
            if domain is not None:
                action["domain"] = list(domain)
            # the address belongs to the unfiltered list
            action.pop("path", None)
        return action

    # ------------------------------------------------------------------
    # MONTH
    # ------------------------------------------------------------------

    @api.model
    def _this_month(self):
        tz = self.env.company._dealer_tz()
        today = work_time.local_date(fields.Datetime.now(), tz)
        first = today.replace(day=1)
        previous = (first - timedelta(days=1)).replace(day=1)
        # the 31st compares with the whole of a shorter month
        until = min(previous + timedelta(days=today.day), first)

        def midnight(day):
            return work_time.from_wall(day, 0, tz)

        return Month(
            midnight(first),
            midnight(today + timedelta(days=1)),
            midnight(previous),
            midnight(until),
            [first + timedelta(days=number) for number in range(today.day)],
            tz,
        )

    @api.model
    def _in_month(self, field, month, previous=False):
        """The domain of a time in this month, or in the same days of the last one."""
        start, stop = (
            (month.previous_start, month.previous_stop)
            if previous
            else (month.start, month.stop)
        )
        return (
            Domain("company_id", "in", self.env.companies.ids)
            & Domain(field, ">=", start)
            & Domain(field, "<", stop)
        )

    @api.model
    def _by_day(self, model, domain, field, month):
        """How many records each day of the month has, by the shop's clock."""
        rows = (
            self.env[model]
            .with_context(tz=month.tz.zone)
            ._read_group(domain, [f"{field}:day"], ["__count"])
        )
        counts = {moment.date(): count for moment, count in rows if moment}
        return [counts.get(day, 0) for day in month.days]

    @api.model
    def _day_labels(self, month):
        return [str(day.day) for day in month.days]

    @api.model
    def _percent(self, part, whole):
        """``part`` of ``whole`` in percent, to one decimal; ``None`` of nothing."""
        return round(100.0 * part / whole, 1) if whole else None

    @api.model
    def _figures(self, labels, now, before, opens):
        """The figures of a month beside those of the last one.

        :param dict labels: by key: label, unit, ``up`` or ``down`` (what is better)
        :param dict now: values by key, and ``before``: of the same days a month ago
        :param dict opens: the report behind all of them, or behind each by its key
        """
        return [
            {
                "key": key,
                "label": label,
                "unit": unit,
                "better": better,
                "value": now[key],
                "previous": before[key],
                **opens.get(key, opens),
            }
            for key, (label, unit, better) in labels.items()
        ]

    @api.model
    def _datasets(self, model, parts, month):
        """The bars of a chart: records by day, stacked when they count by one time.

        :param parts: for each bar its label, kind, time field and domain
        """
        return [
            {
                "label": label,
                "kind": kind,
                "stack": field,
                "data": self._by_day(model, domain, field, month),
            }
            for label, kind, field, domain in parts
        ]

    @api.model
    def _strip(self, part):
        """What the browser needs of a month; it opens the rest by its key."""
        hidden = ("domain", "action", "context")
        return {
            kind: [
                {name: item[name] for name in item if name not in hidden}
                for item in part[kind]
            ]
            for kind in ("figures", "charts")
        }
