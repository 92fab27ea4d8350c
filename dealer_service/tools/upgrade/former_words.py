"""Chinese words of a release that says them otherwise: labels, menus, screens.

Odoo's upgrade keeps every translation it finds, so a label keeps its old words for
ever. ``i18n/former_words.json`` names what former releases said (``make i18n`` writes
it): where that is still there, nobody has put his own words in its place.
"""

import json
from pathlib import Path

from odoo.tools import SQL, file_path

LANGUAGE = "zh_CN"


def renew_words(env, addon, importer_of, untouched):
    """Say as this release what was left as a former one said it.

    :param importer_of: loads what the addon's files say of some XML ids
    :param untouched: XML ids of rows of the shop (``noupdate``) that nobody changed
    """
    path = Path(file_path(f"{addon}/i18n", env=env)) / "former_words.json"
    if not path.is_file() or not env["res.lang"]._lang_get(LANGUAGE):
        return
    former = {}
    for place, words in json.loads(path.read_text(encoding="utf-8")).items():
        _kind, field, xmlid = place.split(":")
        former[(*field.split(","), xmlid)] = set(words)
    kept = _of_the_shop(env, addon) - untouched
    importer = importer_of(env, addon, {xmlid for _model, _field, xmlid in former})
    for translations, current in (
        (importer.model_translations, _label),
        (importer.model_terms_translations, _terms),
    ):
        for model, fields in translations.items():
            for name, records in fields.items():
                for xmlid in list(records):
                    said = former.get((model, name, xmlid), set())
                    record = env.ref(xmlid, raise_if_not_found=False)
                    if not said or not record or xmlid in kept:
                        del records[xmlid]
                    else:
                        current(record, name, records[xmlid], said)
    importer.save(force_overwrite=True)


def _of_the_shop(env, addon):
    rows = env.execute_query(
        SQL(
            "SELECT module || '.' || name FROM ir_model_data"
            " WHERE module = %s AND noupdate",
            addon,
        )
    )
    return {name for [name] in rows}


def _label(record, name, translations, said):
    """Take ``translations`` away where the record has words of its own."""
    stored = record._fields[name]._get_stored_translations(record) or {}
    if stored.get(LANGUAGE) not in said:
        translations.clear()


def _terms(record, name, terms, said):
    """The same of the terms of a screen, each by itself."""
    field = record._fields[name]
    stored = field._get_stored_translations(record) or {}
    if LANGUAGE not in stored:
        terms.clear()
        return
    present = field.get_translation_dictionary(
        stored["en_US"], {LANGUAGE: stored[LANGUAGE]}
    )
    for term in list(terms):
        if present.get(term, {}).get(LANGUAGE) not in said:
            del terms[term]
