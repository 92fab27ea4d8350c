"""Each worker of pytest-xdist has attachments of its own, as it has a database.

pytest-odoo lets the workers share one folder. After every class, Odoo removes from that
folder what the worker's own database does not know: the files of the other worker.
"""

import contextlib
import os
import shutil

import pytest_odoo

from odoo.tools import config


@contextlib.contextmanager
def own_attachments(original, worker):
    """Copy the folder of the original database; its files never change: linked."""
    if worker == original:
        yield
        return
    source, target = map(config.filestore, (original, worker))
    shutil.rmtree(target, ignore_errors=True)
    if os.path.isdir(source):
        shutil.copytree(source, target, copy_function=os.link)
    try:
        yield
    finally:
        shutil.rmtree(target, ignore_errors=True)


pytest_odoo._shared_filestore = own_attachments
