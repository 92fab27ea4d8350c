"""Odoo comes whole and checked, or a sentence tells why it does not."""

import hashlib
import shutil
import subprocess

import pytest

from tools.sandbox import common, odoo_source
from tools.sandbox.common import Refusal, Step

LISTED = (
    "'http://mirror/pool/odoo-19_19.0.0+dfsg-1_all.deb' "
    f"odoo-19_19.0.0+dfsg-1_all.deb 122533504 SHA256:{'a1' * 32}\n"
    "'http://mirror/pool/libjs-jquery_3.7.1_all.deb' "
    f"libjs-jquery_3.7.1_all.deb 319248 SHA256:{'b2' * 32}\n"
)
needs_apt = pytest.mark.skipif(
    not shutil.which("apt-get") or not odoo_source.KEYRING.is_file(),
    reason="apt-get with Debian's keyring is not on this machine",
)


@pytest.fixture
def deb(tmp_path):
    """A real package file with one small file in it."""
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        "Package: tiny\nVersion: 1\nArchitecture: all\nMaintainer: us <us@localhost>\n"
        "Description: tiny\n"
    )
    (tree / "usr").mkdir()
    (tree / "usr/file").write_text("contents " * 1000)
    debs = tmp_path / "debs"
    debs.mkdir()
    made = debs / "tiny_1_all.deb"
    command = ["dpkg-deb", "--root-owner-group", "--build", tree, made]
    subprocess.run(command, check=True, capture_output=True)
    return made


def test_apt_tells_name_size_and_checksum():
    first, second = odoo_source.read_uris(LISTED)
    assert (first.package, first.size) == ("odoo-19", 122533504)
    assert (second.name, second.sha) == ("libjs-jquery_3.7.1_all.deb", "b2" * 32)


def test_wrong_checksum_is_refused_and_the_file_removed(cache, tmp_path):
    path = tmp_path / "some.deb"
    path.write_bytes(b"not what was promised")
    right = hashlib.sha256(b"what was promised").hexdigest()
    with pytest.raises(Refusal, match="checksum"):
        odoo_source.check(path, right)
    assert not path.exists()


def test_right_checksum_is_accepted(tmp_path):
    path = tmp_path / "some.deb"
    path.write_bytes(b"what was promised")
    odoo_source.check(path, hashlib.sha256(b"what was promised").hexdigest())
    assert path.exists()


@needs_apt
def test_a_package_cut_short_is_not_taken_for_whole(cache, tmp_path, deb):
    root, log = cache / "odoo", tmp_path / "log"

    def unpack(target):
        with Step("unpack") as step:
            odoo_source.unpack(deb.parent, target, step, log)

    contents = deb.read_bytes()
    deb.write_bytes(contents[: len(contents) - 100])
    with pytest.raises(Refusal):
        common.make_whole(root, odoo_source.RECIPE, unpack)
    assert not root.exists()

    deb.write_bytes(contents)
    common.make_whole(root, odoo_source.RECIPE, unpack)
    assert common.is_whole(root, odoo_source.RECIPE)
    assert (root / "usr/file").is_file()
    assert (root / "versions").read_text() == "tiny_1_all.deb"


@needs_apt
def test_unreachable_mirror_is_one_sentence(cache, monkeypatch):
    monkeypatch.setenv("DEBIAN_MIRROR", "http://127.0.0.1:1/debian")
    with pytest.raises(
        Refusal, match="cannot be reached: check the network"
    ) as refusal:
        odoo_source.get()
    assert "\n" not in str(refusal.value)
    assert not common.is_whole(cache / "odoo", odoo_source.RECIPE)


@needs_apt
def test_the_mirror_is_the_machines_own(tmp_path, monkeypatch):
    monkeypatch.delenv("DEBIAN_MIRROR", raising=False)
    (tmp_path / "lists/partial").mkdir(parents=True)
    found = odoo_source.mirror(tmp_path)
    assert found.endswith("/") and "security" not in found


def test_a_checkout_wins(tmp_path, monkeypatch):
    release = tmp_path / "odoo/release.py"
    release.parent.mkdir()
    (tmp_path / "addons").mkdir()
    release.write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO", str(tmp_path))
    odoo = odoo_source.get()
    assert odoo.python_path == tmp_path
    assert odoo.addons_path == (tmp_path / "addons",)


def test_a_checkout_of_another_version_is_refused(tmp_path, monkeypatch):
    release = tmp_path / "odoo/release.py"
    release.parent.mkdir()
    release.write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    monkeypatch.setenv("ODOO", str(tmp_path))
    with pytest.raises(Refusal, match="not Odoo 19"):
        odoo_source.get()


def test_a_folder_that_is_no_checkout_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ODOO", str(tmp_path))
    with pytest.raises(Refusal, match="not an Odoo checkout"):
        odoo_source.get()
