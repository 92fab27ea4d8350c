"""Rows that a shop works with and may change: what an upgrade does with them.

Targets, rules, templates and the like come with the program, and are the shop's from
then on (``noupdate``). An upgrade keeps a row that somebody has written, and brings no
deleted one back (``forcecreate="False"``). Left as it was shipped, a row is mended
with the release: nobody chose its mistakes. See docs/operations/releases.md.
"""

import copy
import logging
from pathlib import Path

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.module import Manifest
from odoo.tools import SQL, file_path
from odoo.tools.convert import xml_import
from odoo.tools.translate import TranslationImporter

from .former_words import renew_words

_logger = logging.getLogger(__name__)


def mend_untouched_rows(cr, version, addon):
    """Give the rows of an addon that nobody has changed what they are shipped with now.

    :param version: the version before the upgrade; empty at the installation
    """
    if version:
        untouched = _untouched(cr, addon)
        _load(cr, addon, untouched)
        env = api.Environment(cr, SUPERUSER_ID, {})
        renew_words(env, addon, _translations, untouched)


def create_new_rows(cr, version, addon, *names):
    """Create rows that a release ships for the first time: for its migration.

    :param names: their XML ids, without the addon
    """
    if version:
        _load(cr, addon, {f"{addon}.{name}" for name in names})


def give_back(env, addon, *names, **blank):
    """Let rows of another addon, which ours rewrote, say what they say there.

    :param names: their XML ids, without the addon
    :param blank: what a field holds where the other addon does not name it
    """
    for name in names:
        env.ref(f"{addon}.{name}").write(blank)
    _load(env.cr, addon, {f"{addon}.{name}" for name in names})


class _Rows(xml_import):
    """Loads some rows of a data file as an installation does, and nothing besides."""

    def __init__(self, env, addon, file, names):
        mending = env(context={**env.context, "dealer_mends": True})
        super().__init__(mending, addon, {}, "init", xml_filename=file)
        self.names = names
        self._tags = {tag: self._tags[tag] for tag in ("odoo", "data")}
        self._tags["record"] = self._tag_some_record

    def _tag_some_record(self, record):
        name = self.make_xml_id(record.get("id"))
        if name not in self.names:
            return
        try:
            with self.env.cr.savepoint():
                self._tag_record(self._without_deleted(record))
                self.env.flush_all()
        except UserError as refusal:
            # in use in a way that keeps it from being changed, by anybody
            _logger.info("%s stays as it is: %s", name, refusal)

    def _without_deleted(self, record):
        """The row without that of which the shop has deleted what it would refer to:
        an occasion without its mail, a row without a category."""
        left, known = copy.deepcopy(record), self.env[record.get("model")]._fields
        for field in left.findall("field[@ref]"):
            is_there = self.id_get(field.get("ref"), raise_if_not_found=False)
            if not is_there and not known[field.get("name")].required:
                left.remove(field)
        return left


def _load(cr, addon, names):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in Manifest.for_addon(addon)["data"]:
        if name.endswith(".xml"):
            file = file_path(f"{addon}/{name}", env=env)
            _Rows(env, addon, file, names).parse(etree.parse(file).getroot())
    env.flush_all()
    # from here on they count as shipped once more
    cr.execute(
        SQL(
            "UPDATE ir_model_data SET write_date = now() AT TIME ZONE 'UTC'"
            " WHERE module || '.' || name IN %s",
            (*names, ""),
        )
    )
    _translations(env, addon, names).save()


def _translations(env, addon, names):
    """What the addon's files say of these records, in the languages of the database."""
    importer = TranslationImporter(env.cr, verbose=False)
    for file in Path(file_path(f"{addon}/i18n", env=env)).glob("*.po"):
        if env["res.lang"]._lang_get(file.stem):
            importer.load_file(str(file), file.stem, xmlids={*names, ""})
    return importer


def _untouched(cr, addon):
    """XML ids of the rows that no person has written since they were shipped.

    What the program does by itself, as the nightly run of the rules, it does as the
    system's own user.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        "SELECT DISTINCT model FROM ir_model_data WHERE module = %s AND noupdate",
        [addon],
    )
    found = set()
    for [model] in cr.fetchall():
        if model in env and env[model]._log_access:
            cr.execute(
                SQL(
                    """SELECT shipped.module || '.' || shipped.name
                         FROM ir_model_data shipped
                         JOIN %s record ON record.id = shipped.res_id
                        WHERE shipped.module = %s
                          AND shipped.model = %s
                          AND shipped.noupdate
                          AND (record.write_date <= shipped.write_date
                               OR record.write_uid = %s)""",
                    SQL.identifier(env[model]._table),
                    addon,
                    model,
                    SUPERUSER_ID,
                )
            )
            found.update(name for [name] in cr.fetchall())
    return found
