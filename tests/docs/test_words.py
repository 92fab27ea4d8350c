"""The documentation says what is, not what will be."""

import re

import pytest

from .pages import page, pages

#: Words of a page that was written before the thing it is about.
PROMISES = re.compile(
    r"""\b(?:
        yet | for\ now | so\ far | will\ (?:say|be\ (?:added|written|made|built|shown))
      | when\ (?:it|they)\ exists? | nothing\ else | not\ implemented
      | to\ be\ (?:done|added|written) | (?:later|future)\ versions?
      | work\ in\ progress | coming\ soon | T[B]D | TO[D]O | roadmap
    )\b
    | 敬请期待 | 暂未 | 暂不支持 | 尚未(?:实现|支持|完成)
    | 后续版本 | 待开发 | 即将推出""",
    re.VERBOSE | re.IGNORECASE,
)
#: Change logs tell of what was; the page of the processes is printed from the code.
ELSEWHERE = ("CHANGELOG.md", "docs/processes.md")
PAGES = [name for name in pages() if not name.endswith(ELSEWHERE)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_promises_nothing(name):
    text = page(name)
    found = [
        f"line {text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for match in PROMISES.finditer(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "sentence",
    [
        "No customer portal, mail alias or printed papers yet.",
        "The timers will be added to this list when they exist.",
        "Nothing else is there.",
        "打印单据敬请期待。",
    ],
)
def test_a_promise_is_recognised(sentence):
    assert PROMISES.search(sentence)


def test_every_kind_of_page_is_read():
    kinds = {name.rsplit("/", 1)[-1] for name in PAGES}
    assert {"README.md", "README.zh_CN.md", "index.html", "scale.md"} <= kinds
    assert "docs/architecture.md" in PAGES
