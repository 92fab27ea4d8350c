"""What `make proof` runs, and `make test` leaves to it: by file, with the reason.

It takes long for a reason that no shared set-up takes away: a database of its own, made
or upgraded; every menu and button of every role; processes that are killed on purpose.
Nothing else is different about these tests; `.ci/run` runs both.
"""

#: The beginning of a file's name in `tests/`, and why it takes its time.
PROOFS = {
    "browser/test_every_button": "presses every button of every state, by every role",
    "browser/test_every_follow_up_menu": "opens every menu, view and filter",
    "browser/test_every_complaint_menu": "opens every menu, view and filter",
    "browser/test_every_menu": "opens every menu, view and filter",
    "browser/walks/": "whole days by hand, on three devices",
    "dealer_service/messages/test_message_queue": "kills workers again and again",
    "dealer_service/test_beside_modules": "installs Odoo's other apps, one by one",
    "docker/": "starts, upgrades and restores a deployment",
    "releases/": "upgrades the last release, and uninstalls",
    "scenarios/test_ordinary_odoo": "runs Odoo's own tests beside ours",
    "scenarios/test_screens_for_everybody": "looks at every picture's screen by axe",
    "test_caller_defaults": "tries every field of every model as a default",
    "tools/test_serve": "makes a demo dealership from nothing",
    "tools/test_whole": "makes databases in a cache of its own",
}


def is_proof(path):
    """Whether ``make proof`` runs this file.

    :param str path: of the file, from `tests/` on
    """
    return path.startswith(tuple(PROOFS))
