"""Odoo 19 Community: from Debian's package, or a checkout that is there already.

The package comes through the machine's own apt with private folders: nothing on the
machine changes, no root is needed, and apt checks the archive's signature. The static
files of the package are symbolic links into other packages, which are unpacked into
the same root.
"""

import dataclasses
import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from . import common
from .common import Refusal, Step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
FROM_UNSTABLE = (
    "odoo-19",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
)
# Version 4.7: the file names of unstable's 7.x differ, and the icons would vanish.
FROM_STABLE = ("fonts-font-awesome",)
# Not in Debian's package; the browser console would report its absence as an error.
STAND_IN = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
RECIPE = common.digest(*FROM_UNSTABLE, *FROM_STABLE, "2")


@dataclasses.dataclass(frozen=True)
class Odoo:
    """Where Odoo is, and a text that changes when Odoo does."""

    python_path: Path
    addons_path: tuple[Path, ...]
    version: str


@dataclasses.dataclass(frozen=True)
class Deb:
    """A package file, as apt promises it: its size in bytes and its SHA-256."""

    name: str
    package: str
    size: int
    sha: str


def get() -> Odoo:
    """Odoo 19: the checkout that ODOO names, else Debian's package from the cache."""
    if os.environ.get("ODOO"):
        return from_checkout(Path(os.environ["ODOO"]).expanduser().resolve())
    root = common.cache_home() / "odoo"
    if not common.is_whole(root, RECIPE):
        with common.lock("odoo", "Another sandbox is fetching Odoo: waiting for it."):
            if not common.is_whole(root, RECIPE):
                download(root)
    packages = root / "usr/lib/python3/dist-packages"
    version = (root / "versions").read_text()
    return Odoo(packages, (packages / "odoo/addons",), version)


def from_checkout(path: Path) -> Odoo:
    """The Odoo of an existing checkout, refused when it is not Odoo 19."""
    try:
        release = (path / "odoo/release.py").read_text()
    except OSError as error:
        raise Refusal(
            f"ODOO={path} is not an Odoo checkout: odoo/release.py is not in it."
        ) from error
    found = re.search(r"version_info = \((\d+), *(\d+)", release)
    if not found or found.group(1) != "19":
        raise Refusal(f"ODOO={path} is not Odoo 19, which the addons are written for.")
    commit = subprocess.run(
        ["git", "-C", str(path), "rev-parse", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    places = [path / "addons", path / "odoo/addons"]
    return Odoo(path, tuple(p for p in places if p.is_dir()), f"{path} {commit}")


# -- Debian's package --------------------------------------------------------------


def download(root: Path) -> None:
    """Fetch the packages, check them, and unpack them to `root`."""
    common.need_space(root.parent, 3)
    work = common.cache_home() / "download"
    debs = work / "debs"
    for folder in (work / "lists/partial", work / "archives/partial", debs):
        folder.mkdir(parents=True, exist_ok=True)
    apt = apt_command(work)
    log = common.cache_home() / "logs/odoo.log"
    with Step("Odoo 19: list of packages", common.DOWNLOAD):
        (work / "sources.list").write_text(source_list(mirror(work)))
        common.run([*apt, "update"], "Odoo's package", log)
    names = [*FROM_UNSTABLE, *(f"{name}/stable" for name in FROM_STABLE)]
    listed = common.run([*apt, "--print-uris", "download", *names], "Odoo", log)
    wanted = read_uris(listed)
    with Step("Odoo 19: download", common.DOWNLOAD) as step:
        for name in set(os.listdir(debs)) - {deb.name for deb in wanted}:
            (debs / name).unlink()
        missing = [deb for deb in wanted if not is_file(debs / deb.name, deb.sha)]
        if missing:
            size = sum(deb.size for deb in wanted) / 1e6
            packages = {deb.package for deb in missing}
            common.run(
                [*apt, "download", *(n for n in names if n.split("/")[0] in packages)],
                "Odoo's package",
                log,
                step,
                lambda _text: f"{folder_size(debs) / 1e6:.0f} of {size:.0f} MB",
                cwd=debs,
            )
        for deb in wanted:
            check(debs / deb.name, deb.sha)
    with Step("Odoo 19: unpack", common.INSTALL) as step:
        common.make_whole(root, RECIPE, lambda target: unpack(debs, target, step, log))
    shutil.rmtree(work, ignore_errors=True)


def apt_command(work: Path) -> list[str]:
    """apt-get with folders of its own, which leaves the machine as it is."""
    options = {
        "Dir::Etc::sourcelist": work / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": work / "lists",
        "Dir::Cache": work,
        "APT::Sandbox::User": "root",
        "APT::Update::Error-Mode": "any",
        "Acquire::Languages": "none",
        "Acquire::Retries": "3",
    }
    command = ["apt-get", "-q"]
    for key, value in options.items():
        command += ["-o", f"{key}={value}"]
    return command


def mirror(work: Path) -> str:
    """The Debian mirror of this machine, as its own apt is set up."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"].rstrip("/") + "/"
    if not shutil.which("apt-get") or not KEYRING.is_file():
        raise Refusal(
            "Odoo comes from Debian's package, and this machine has no apt-get with "
            f"{KEYRING}: give an Odoo 19 checkout with ODOO=path, or use docker/."
        )
    listed = subprocess.run(
        [
            "apt-get",
            "-o",
            f"Dir::State::lists={work / 'lists'}",
            "--print-uris",
            "update",
        ],
        capture_output=True,
        text=True,
    ).stdout
    found = [u for u in re.findall(r"'([^']+?/)dists/", listed) if "security" not in u]
    if not found:
        raise Refusal(
            "The machine's apt names no Debian mirror: set DEBIAN_MIRROR to one, or "
            "give an Odoo 19 checkout with ODOO=path."
        )
    return found[0]


def source_list(url: str) -> str:
    """The two suites that the packages come from, signed by Debian's own key."""
    return "".join(
        f"deb [signed-by={KEYRING}] {url} {suite} main\n" for suite in ("sid", "stable")
    )


def read_uris(text: str) -> list[Deb]:
    """The files that apt's list of addresses promises."""
    row = r"^'[^']+' (([^_ ]+)_\S+) (\d+) SHA256:([0-9a-f]{64})"
    return [
        Deb(n, p, int(size), sha) for n, p, size, sha in re.findall(row, text, re.M)
    ]


def folder_size(folder: Path) -> int:
    """Bytes of the files that are in `folder` at this moment."""
    return sum(entry.stat().st_size for entry in os.scandir(folder))


def is_file(path: Path, sha: str) -> bool:
    """Whether `path` is there with the contents that were promised."""
    if not path.is_file():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == sha


def check(path: Path, sha: str) -> None:
    """Refuse, and remove, a file whose contents are not the promised ones."""
    if not is_file(path, sha):
        path.unlink(missing_ok=True)
        raise Refusal(common.explain("checksum", path.name))


def unpack(debs: Path, target: Path, step: Step, log: Path) -> None:
    """Unpack all packages into the one root `target`, and note their versions."""
    names = sorted(os.listdir(debs))
    for number, name in enumerate(names, 1):
        step.tell(f"{number} of {len(names)}, {name.split('_')[0]}")
        common.run(["dpkg", "-x", debs / name, target], "Unpacking Odoo", log)
    stand_in = target / "usr/lib/python3/dist-packages/odoo" / STAND_IN
    stand_in.parent.mkdir(parents=True, exist_ok=True)
    stand_in.unlink(missing_ok=True)
    stand_in.write_text("// The package leaves this library out.\n")
    (target / "versions").write_text("\n".join(names))
