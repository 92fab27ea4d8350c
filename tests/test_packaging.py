"""Each addon is a Python package too: `pip wheel` makes what Odoo can import."""

import ast
import os
import re
import shutil
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import odoo.release

ROOT = Path(__file__).resolve().parents[1]
ADDONS = ("dealer_service", "dealer_complaint", "dealer_followup")


@pytest.mark.parametrize("addon", ADDONS)
def test_addon_builds_a_wheel(addon, tmp_path):
    source = tmp_path / addon
    shutil.copytree(
        ROOT / addon, source, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--no-index", "--wheel-dir", str(tmp_path)]
    result = subprocess.run([*command, str(source)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    (wheel,) = tmp_path.glob("*.whl")

    manifest = ast.literal_eval((ROOT / addon / "__manifest__.py").read_text())
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata_file,) = (n for n in names if n.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(metadata_file).decode())
    packed = {n.removeprefix("odoo/addons/") for n in names if "dist-info" not in n}
    files = {str(p.relative_to(tmp_path)) for p in source.rglob("*") if p.is_file()}
    assert packed == files - {f"{addon}/pyproject.toml"}
    assert metadata["Name"] == f"odoo-addon-{addon}"
    assert metadata["Version"] == manifest["version"]
    assert metadata["License"] == "LGPL-3"
    imports = set(manifest.get("external_dependencies", {}).get("python", ()))
    # what Odoo brings and which addons there are, Odoo knows: pip would look for it
    assert set(metadata.get_all("Requires-Dist") or ()) == imports


def test_pip_installs_them_where_odoo_is_no_package(tmp_path):
    """As the README says, on a machine that pip knows no Odoo of, without a network."""
    said = re.search(
        r"`pip (install \./dealer_service)`", (ROOT / "README.md").read_text()
    )
    for addon in ADDONS:
        shutil.copytree(
            ROOT / addon,
            tmp_path / addon,
            ignore=shutil.ignore_patterns("__pycache__", "*.pyc"),
        )
    venv.create(tmp_path / "python")
    [packages] = (tmp_path / "python").glob("lib/python*/site-packages")
    python = tmp_path / "python/bin/python"
    # pip, the tool that builds, and the libraries: what there is but for Odoo
    libraries = Path(pytest.__file__).parents[1]
    (packages / "libraries.pth").write_text(f"{libraries}\n")
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}

    def run(*words):
        done = subprocess.run(
            [python, *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert not done.returncode, done.stdout + done.stderr
        return done.stdout

    assert "odoo" not in run("-m", "pip", "list").split()
    for addon in ADDONS:
        command = said[1].replace("dealer_service", addon).split()
        run("-m", "pip", *command, "--no-index", "--no-build-isolation")
    for addon in ADDONS:
        assert (packages / "odoo/addons" / addon / "__manifest__.py").is_file()
    environment["PYTHONPATH"] = str(Path(odoo.release.__file__).parents[1])
    run(
        "-c",
        "from odoo.modules.module import Manifest, initialize_sys_path\n"
        "initialize_sys_path()\n"
        f"for addon in {ADDONS}: assert Manifest.for_addon(addon), addon",
    )


@pytest.mark.parametrize("addon", ADDONS)
def test_store_page_stands_alone(addon):
    """Icon and page of the app store: there, and pointing at nothing outside."""
    description = ROOT / addon / "static/description"
    page = (description / "index.html").read_text()
    for outside in ("http://", "https://", "//", "<script", "<style", "<link"):
        assert outside not in page.replace("</", ""), outside
    header = (description / "icon.png").read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = (int.from_bytes(header[i : i + 4], "big") for i in (16, 20))
    assert width == height >= 128
