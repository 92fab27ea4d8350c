"""Each case from the field names a test that is there."""

import re
import subprocess

from .pages import ROOT, page, rows

TEST = re.compile(r"`(test_\w+)`")


def test_each_case_has_its_test():
    cases = rows(page("docs/field-cases.md"))
    assert len(cases) >= 10
    lost = []
    for reported, _there, _here, named in cases:
        [name] = TEST.findall(named)
        command = ["git", "grep", "--untracked", "-qwe", f"def {name}", "--", "tests"]
        found = subprocess.run(command, cwd=ROOT, check=False)
        if found.returncode:
            lost.append((reported, name))
    assert not lost
