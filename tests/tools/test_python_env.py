"""The Python environment: pinned, whole, and told when it cannot be made."""

import re
import zipfile

import pytest

from tools.sandbox import common, python_env
from tools.sandbox.common import Refusal


@pytest.fixture
def wheel(tmp_path):
    """A wheel of one line, for a registry that is a folder."""
    folder = tmp_path / "registry"
    folder.mkdir()
    info = "tiny-1.dist-info"
    with zipfile.ZipFile(folder / "tiny-1-py3-none-any.whl", "w") as archive:
        archive.writestr("tiny.py", "answer = 42\n")
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\n"
            "Tag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")
    return folder


def test_unreachable_registry_is_one_sentence_and_the_next_call_continues(
    cache, tmp_path, monkeypatch, wheel
):
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    monkeypatch.setenv("PIP_RETRIES", "0")
    files = [tmp_path / "requirements.txt"]
    files[0].write_text("tiny==1\n")
    with pytest.raises(
        Refusal, match="cannot be reached: check the network"
    ) as refusal:
        python_env.environment("try", files)
    assert "\n" not in str(refusal.value)
    assert not list(cache.glob(f"try-*/{common.STAMP}"))

    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheel))
    python = python_env.environment("try", files)
    assert list(python.parent.parent.glob("lib/*/site-packages/tiny.py"))

    # The next time needs no registry and no pip: the stamp is enough.
    monkeypatch.setattr(python_env, "install", None)
    assert python_env.environment("try", files) == python


def test_too_new_a_python_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setattr(python_env.sys, "version_info", (3, 99, 0))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refusal, match=r"Python 3\.10 to 3\.13.*PYTHON="):
        python_env.interpreter()


@pytest.mark.parametrize(
    "path",
    [
        python_env.REQUIREMENTS,
        python_env.ODOO_REQUIREMENTS,
        python_env.LINT_REQUIREMENTS,
    ],
    ids=lambda path: path.name,
)
def test_every_library_is_pinned(path):
    lines = [
        line for line in path.read_text().splitlines() if line[:1] not in ("", "#")
    ]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
