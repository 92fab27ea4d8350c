"""The checks of single files, and the translations that are never lost."""

import subprocess
import sys

import polib
import pytest

from tools import check_files, former_words, merge_po
from tools.sandbox import common


def po(path, terms):
    """Write a translation file of (source, translation)."""
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "POT-Creation-Date": "2026-01-01 00:00+0000",
    }
    for source, translation in terms:
        file.append(polib.POEntry(msgid=source, msgstr=translation))
    file.save(str(path))
    return path


# -- translations ------------------------------------------------------------------


def test_merge_keeps_what_people_wrote_and_drops_what_is_gone(tmp_path):
    place = po(tmp_path / "zh_CN.po", [("Car", "车"), ("Gone", "无"), ("Key", "钥匙")])
    fresh = po(tmp_path / "new.po", [("Visit", ""), ("Key", ""), ("Car", "汽车")])
    merge_po.merge(fresh, place)
    merged = [(entry.msgid, entry.msgstr) for entry in polib.pofile(str(fresh))]
    assert merged == [("Car", "车"), ("Key", "钥匙"), ("Visit", "")]


def test_new_words_do_not_inherit_the_translation_of_the_old_ones(tmp_path):
    place = po(tmp_path / "zh_CN.po", [("Received On", "受理时间")])
    # the database knows the label by its field, whatever its words are
    fresh = po(tmp_path / "new.po", [("Filed On", "受理时间")])
    merge_po.merge(fresh, place)
    assert polib.pofile(str(fresh))[0].msgstr == ""


def test_former_words_are_those_of_places_that_say_something_else_now():
    def said(*terms):
        file = polib.POFile()
        for place, word in terms:
            entry = polib.POEntry(msgid=word, msgstr=word, occurrences=[(place, "0")])
            file.append(entry)
        return file

    label, screen = "model:ir.model.fields,help:a.b", "model_terms:ir.ui.view,arch:a.c"
    older = said((label, "旧"), (screen, "开"), ("code:a.py", "一"))
    old = said((label, "中"), (screen, "开"), ("model:gone:a.d", "无"))
    now = said((label, "新"), (screen, "开"), ("code:a.py", "二"))
    assert former_words.former(now, [older, old]) == {label: ["中", "旧"]}


def test_a_second_merge_changes_nothing(tmp_path):
    fresh = po(tmp_path / "new.po", [("b", "二"), ("a", "一")])
    merge_po.merge(fresh, tmp_path / "none.po")
    first = fresh.read_bytes()
    merge_po.merge(fresh, fresh)
    assert fresh.read_bytes() == first
    assert b"POT-Creation-Date" not in first


def test_a_template_gets_no_translation(tmp_path):
    place = po(tmp_path / "old.pot", [("Car", "车")])
    fresh = po(tmp_path / "new.pot", [("Car", "")])
    merge_po.merge(fresh, place)
    assert polib.pofile(str(fresh))[0].msgstr == ""


@pytest.mark.parametrize(
    "source, translation, complaint",
    [
        ("Car", "", "not translated"),
        ("Car %(name)s", "车", "placeholders"),
        ("%s of %s", "%s", "placeholders"),
        ("Car %(name)s", "%(name)s 车", None),
    ],
)
def test_po_check(tmp_path, source, translation, complaint):
    found = check_files.check_po(po(tmp_path / "a.po", [(source, translation)]))
    assert bool(found) == bool(complaint)
    assert complaint is None or complaint in found[0]


def test_po_check_refuses_the_doubtful(tmp_path):
    path = po(tmp_path / "a.po", [("Car", "车")])
    file = polib.pofile(str(path))
    file[0].flags.append("fuzzy")
    file.save()
    assert "doubtful" in check_files.check_po(path)[0]


# -- XML ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source, complaint",
    [
        ("<odoo>\n    <record>\n        <field/>\n    </record>\n</odoo>\n", None),
        ("<odoo>\n    <!-- a word -->\n    <record/>\n</odoo>\n", None),
        ("<odoo>\n    <p>text <b>bold</b>\n    more</p>\n</odoo>\n", None),
        ('<odoo>\n    <field type="html">\n<p>\n</p>\n</field>\n</odoo>\n', None),
        ("<odoo>\n  <record/>\n</odoo>\n", "indented by 2, not 4"),
        ("<odoo>\n\t<record/>\n</odoo>\n", "a tab"),
        ("<odoo>\n    <record/> \n</odoo>\n", "a blank at its end"),
        ("<odoo>\n    <record/>\n</odoo>", "the last line does not end"),
        ("<odoo>\n    <record>\n</odoo>\n", "mismatch"),
    ],
)
def test_xml_check(tmp_path, source, complaint):
    path = tmp_path / "a.xml"
    path.write_text(source)
    found = check_files.check_xml(path)
    assert bool(found) == bool(complaint)
    assert complaint is None or complaint in found[0]


# -- Python, and the program -------------------------------------------------------


def test_a_long_model_is_told(tmp_path):
    path = tmp_path / "models/a.py"
    path.parent.mkdir()
    path.write_text("x = 1\n" * 401)
    assert check_files.check_python(path) == ["401 lines, more than 400"]


def test_method_that_hides_another_is_found(tmp_path):
    path = tmp_path / "base.py"
    twice = "    def create(self):\n        pass\n\n"
    path.write_text("class Base:\n" + twice + twice)
    assert check_files.check_python(path) == ["Base.create is defined 2 times"]


def test_the_program_tells_the_file_and_fails(tmp_path):
    bad, good = tmp_path / "bad.xml", tmp_path / "good.xml"
    bad.write_text("<odoo>")
    good.write_text("<odoo/>\n")
    command = [sys.executable, common.REPO / "tools/check_files.py"]
    done = subprocess.run([*command, bad, good], capture_output=True, text=True)
    assert done.returncode == 1
    assert "bad.xml" in done.stdout and "good.xml" not in done.stdout


def test_every_command_of_the_makefile_exists():
    makefile = (common.REPO / "Makefile").read_text()
    (line,) = (row for row in makefile.splitlines() if row.startswith("COMMANDS ="))
    known = subprocess.run(
        [sys.executable, "-m", "tools.sandbox", "--help"],
        cwd=common.REPO,
        capture_output=True,
        text=True,
    ).stdout
    assert [name for name in line.split()[2:] if name not in known] == []


# -- styles ------------------------------------------------------------------------


@pytest.mark.parametrize("colour", ["#fff", "#1f2933", "rgba(0, 0, 0, 0.3)"])
def test_colour_that_is_written_out_is_found(tmp_path, colour):
    style = tmp_path / "board.scss"
    style.write_text(f".o_board {{\n    color: {colour};\n}}\n")
    [found] = check_files.check_style(style)
    assert found.startswith("line 2: the colour")


def test_colour_of_a_variable_or_with_a_name_of_its_own_is_left_alone(tmp_path):
    style = tmp_path / "board.scss"
    style.write_text("#board { color: $danger; --width: #{'4px'}; }\n")
    names = tmp_path / "colours.scss"
    names.write_text("$dealer-paper: #fff;\n")
    assert not check_files.check_style(style)
    assert not check_files.check_style(names)


def test_colour_that_gets_its_name_in_the_only_file_is_left_alone(tmp_path):
    style = tmp_path / "a.css"
    style.write_text(":root {\n    --night: #0b1220;\n}\na {\n    color: #fff;\n}\n")
    [found] = check_files.check_style(style)
    assert found.startswith("line 5: the colour #fff")
