"""Each addon is a Python package too: `pip wheel` makes what Odoo can import."""

import ast
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NEEDS = {
    "dealer_service": set(),
    "dealer_complaint": {"odoo-addon-dealer_service==19.0.*"},
    "dealer_followup": {"odoo-addon-dealer_complaint==19.0.*"},
}


@pytest.mark.parametrize("addon", sorted(NEEDS))
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
    assert set(metadata.get_all("Requires-Dist")) == {
        "odoo==19.0.*",
        *imports,
        *NEEDS[addon],
    }


@pytest.mark.parametrize("addon", sorted(NEEDS))
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
