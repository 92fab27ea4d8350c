"""Backup and restore as docker/README.md tells them, with the real programs."""

import os
import re
import subprocess
import sys

import pytest

from .deployment import DOCKER, Deployment

#: Stands for docker: the containers are this machine, their folders and names ours.
STAND_IN = """#!{python}
import os
import sys

compose, action, *rest = sys.argv[1:]
if action in ("stop", "up"):
    sys.exit()
while rest[0] in ("-T", "--rm"):
    rest.pop(0)
container, *command = rest
names = {{"postgres": "{user}", "odoo": "{user}", "dealer": "{database}"}}
command = [names.get(word, word) for word in command]
command = [word.replace("--role=odoo", "--role={user}") for word in command]
# the folders of this machine come last: their own names stay as they are
command = [word.replace("/dealer", "/{database}") for word in command]
command = [word.replace("/var/lib/odoo", "{data}") for word in command]
if container == "prepare":
    command = ["{entrypoint}", "prepare"]
os.execvp(command[0], command)
"""


def blocks():
    """The commands of the chapter: of the backup, and of the restore."""
    text = (DOCKER / "README.md").read_text()
    chapter = text.split("## Volumes, backup and restore")[1].split("\n## ")[0]
    return re.findall(r"```\n(.*?)```", chapter, re.S)


@pytest.fixture
def shop(tmp_path):
    """A prepared deployment in which the README's commands run as they are."""
    deployment = Deployment(tmp_path / "image", f"test_{os.getpid()}-gw902")
    deployment.drop()
    deployment.program(
        deployment.folder / "bin/docker",
        STAND_IN.format(
            python=sys.executable,
            user=deployment.role(),
            database=deployment.database,
            data=deployment.folder / "data",
            entrypoint=DOCKER / "entrypoint.sh",
        ),
    )
    status, output = deployment.run("prepare")
    assert status == 0, output
    yield deployment
    deployment.drop()


def run(shop, commands):
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=shop.folder,
        env=shop.environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert not done.returncode, done.stdout + done.stderr


def files(shop):
    """Name and content of every file of the database's attachments."""
    folder = shop.folder / "data/filestore" / shop.database
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_the_readme_says_brings_everything_back(shop):
    backup, restore = blocks()
    kept = shop.folder / "data/filestore" / shop.database / "ab/kept"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("signed")
    run(shop, backup)
    before = files(shop)
    partners = "SELECT id, name, write_date FROM res_partner ORDER BY id"
    as_it_was = shop.query(partners)

    kept.unlink()
    shop.change("UPDATE res_partner SET name = 'lost'")
    run(shop, restore)

    assert shop.query(partners) == as_it_was
    assert files(shop) == before
    assert kept.read_text() == "signed"
    assert shop.run("prepare", "--wait", "0")[0] == 0
