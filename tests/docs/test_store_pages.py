"""The pages of the app store: in both languages, with pictures, without the web."""

import ast
import re

import pytest
from lxml import html

from .pages import ADDONS, ROOT

LANGUAGES = {"en": "en", "zh-CN": "zh"}
#: A store takes the page into its own: text, pictures and classes of its style sheet.
TAGS = {
    "section", "div", "h1", "h2", "h3", "p", "ul", "li", "code",
    "figure", "figcaption", "img",
}  # fmt: skip
ATTRIBUTES = {"class", "lang", "src", "alt"}
MAX_BYTES = 200_000


@pytest.fixture(params=ADDONS)
def addon(request):
    return request.param


def folder(addon):
    return ROOT / addon / "static/description"


def page(addon):
    text = (folder(addon) / "index.html").read_text(encoding="utf-8")
    return html.fragment_fromstring(text, create_parent="main")


def part(addon, language):
    """What the page says in one language below its head."""
    [found] = page(addon).xpath(f"./section[@lang='{language}']")
    return found


def test_nothing_but_text_and_pictures(addon):
    for node in page(addon).iterdescendants():
        assert node.tag in TAGS
        assert set(node.attrib) <= ATTRIBUTES


def test_pictures_stand_beside_the_page_and_are_small(addon):
    shown = set(page(addon).xpath(".//img/@src"))
    there = {path.name for path in folder(addon).glob("*.png")}
    assert shown == there
    for name in shown - {"icon.png"}:
        picture = (folder(addon) / name).read_bytes()
        assert len(picture) < MAX_BYTES, name
        assert int.from_bytes(picture[16:20], "big") == 1280, name


def test_both_languages_say_the_same(addon):
    shapes = []
    for language, suffix in LANGUAGES.items():
        nodes = list(part(addon, language).iterdescendants())
        for picture in part(addon, language).iter("img"):
            assert picture.get("src").endswith(f"_{suffix}.png")
        shapes.append([(n.tag, (n.get("src") or "").rsplit("_", 1)[0]) for n in nodes])
    assert shapes[0] == shapes[1]
    assert len(page(addon).xpath("./section[not(@lang)]/*//p")) == 2


def test_each_part_is_in_its_language(addon):
    for text in part(addon, "en").itertext():
        assert not re.search(r"[一-鿿]", text), text
    for node in part(addon, "zh-CN").iter("h2", "h3", "p", "li", "figcaption"):
        assert re.search(r"[一-鿿]", node.text_content()), node.text_content()


def test_what_must_be_installed_is_told(addon):
    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    ours = {
        name: ast.literal_eval((ROOT / name / "__manifest__.py").read_text())["name"]
        for name in ADDONS
    }
    needed = [ours[name] for name in manifest["depends"] if name in ours]
    needed += manifest.get("external_dependencies", {}).get("python", [])
    for language in LANGUAGES:
        text = part(addon, language).xpath("string(./ul)")
        assert all(name in text for name in needed)
