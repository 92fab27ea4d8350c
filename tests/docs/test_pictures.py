"""`make pictures` takes every picture that is shown, and no other."""

from tools.pictures.scenes import SCENES

from .pages import ROOT


def taken():
    return [
        target
        for scene in SCENES
        for language in ("zh", "en")
        for target in scene.targets(language)
    ]


def test_each_picture_is_taken_by_one_scene():
    assert len(taken()) == len(set(taken()))


def test_each_picture_that_is_shown_is_taken():
    folders = [ROOT / "docs/images", *ROOT.glob("dealer_*/static/description")]
    shown = {
        str(file.relative_to(ROOT))
        for folder in folders
        for file in folder.glob("*.png")
        if file.name != "icon.png"
    }
    assert set(taken()) == shown


def test_each_language_has_a_picture_of_its_own():
    for scene in SCENES:
        chinese, english = (list(scene.targets(code)) for code in ("zh", "en"))
        if chinese and english:
            pair = [(ROOT / files[0]).read_bytes() for files in (chinese, english)]
            assert pair[0] != pair[1], scene.name
