"""eslint and prettier: pinned to the byte, whole, and told when they cannot be had."""

import json

import pytest

from tools.sandbox import common, javascript, python_env
from tools.sandbox.common import Refusal


def test_every_package_is_pinned_with_its_sum_and_no_address():
    wanted = json.loads((javascript.PACKAGES / "package.json").read_text())
    locked = json.loads((javascript.PACKAGES / "package-lock.json").read_text())
    root, *packages = locked["packages"].values()
    assert root["devDependencies"] == wanted["devDependencies"]
    for package in packages:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


@pytest.fixture
def broken_npm(tmp_path, monkeypatch):
    """An npm whose registry does not answer, which says no more than this."""
    programs = tmp_path / "bin"
    programs.mkdir()
    npm = programs / "npm"
    npm.write_text(
        "#!/bin/sh\necho 'npm error Exit handler never called!' >&2; exit 1\n"
    )
    npm.chmod(0o755)
    monkeypatch.setattr(python_env, "lint", lambda: programs / "python")


def test_unreachable_registry_is_one_sentence_and_nothing_counts_as_whole(
    cache, broken_npm
):
    with pytest.raises(Refusal, match="cannot be reached: check the network"):
        javascript.command(javascript.ESLINT)
    assert not list(cache.glob(f"javascript-*/{common.STAMP}"))
