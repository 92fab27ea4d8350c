"""The hand of one person at one screen: it presses what it reads, and is counted."""

import contextlib
import json
from collections import Counter

from ..devtools import PATIENCE, READY

#: Milliseconds in which a page hears what is pressed.
HEARING = 5_000
#: What a list that opens under a field offers.
ENTRY = ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)"
#: The buttons of a form.
BAR = ".o_form_view .o_form_statusbar button"
#: A phone has a page for it: where one searches, and what is found.
SEARCH = ".o_select_create_dialog_content .o_searchview_input"
CARD = ".o_select_create_dialog_content .o_kanban_record"
#: Where an element is once it has come to rest and nothing lies over it.
FIND = """
(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const end = Date.now() + PATIENCE;
    const find = () =>
        [...document.querySelectorAll(SELECTOR)].find(
            (one) =>
                one.getClientRects().length &&
                !one.disabled &&
                one.innerText.includes(WORDS)
        );
    let before, calm = 0, over = "nothing like that";
    while (Date.now() < end) {
        const one = find();
        if (!one) { calm = 0; await frame(); continue; }
        if (!calm) { one.scrollIntoView({ block: "center", behavior: "instant" }); }
        await frame();
        const box = one.getBoundingClientRect();
        const point = [box.x + box.width / 2, box.y + box.height / 2];
        const hit = document.elementFromPoint(...point);
        const isFree = hit && one.contains(hit) && !window.openRequests;
        over = hit?.outerHTML.slice(0, 300);
        calm = isFree && point.join() === before ? calm + 1 : 0;
        before = point.join();
        if (calm > 11) {
            window.isHeard = false;
            // what moves at the last moment is missed, as by a hand
            const hear = ({ target }) => {
                window.isHeard = Boolean(target.closest(SELECTOR));
            };
            window.addEventListener("click", hear, { capture: true, once: true });
            return { point };
        }
    }
    return { over };
})()
"""


class Hand:
    """Presses, types and reads; every press is counted for the job at hand.

    :param page: a :class:`Page`
    :param by_touch: with a finger, otherwise with the mouse
    :param column: of the table of touches, as the device is; not given, nothing is
        compared
    """

    def __init__(self, page, by_touch, column=None):
        self.page, self.by_touch, self.column = page, by_touch, column
        self.touches = Counter()
        self._job = None

    @contextlib.contextmanager
    def job(self, name):
        """What is pressed in here belongs to the job of that name."""
        self._job, self.touches[name] = name, 0
        yield
        self._job = None

    def _count(self):
        if self._job:
            self.touches[self._job] += 1

    def press(self, selector, words=""):
        """Press the first element in sight that is meant and contains ``words``.

        It has to lie still, be enabled and have nothing over it, as for a hand. A touch
        whose page is busy is thrown away by the browser: it is made again.
        """
        for _try in range(3):
            self._press_once(selector, words)
            if self.page.comes_to("window.isHeard !== false", HEARING):
                self._count()
                return
        raise AssertionError(f"{selector} “{words}”: nothing heard of it")

    def _press_once(self, selector, words):
        place = self.page.js(
            FIND.replace("PATIENCE", str(PATIENCE))
            .replace("SELECTOR", json.dumps(selector))
            .replace("WORDS", json.dumps(words))
        )
        if "point" not in place:
            self.page.browser.take_screenshot()
            raise AssertionError(f"{selector} “{words}”: in the way {place}")
        if self.by_touch:
            self.page.touch("touchStart", place["point"])
            self.page.touch("touchEnd")
        else:
            self.page.press_at(*place["point"])

    def type(self, words):
        """Write where the cursor is; typing is not counted."""
        self.page.send("Input.insertText", text=words)

    def fill(self, selector, words):
        """Press a field and write into it."""
        self.press(selector)
        self.page.wait(f"document.activeElement.matches({json.dumps(selector)})")
        self.type(words)

    def pick(self, selector, words):
        """Type into a field and press the entry of its list.

        On a phone a page opens instead, with a box to search in and a card for each.
        """
        if self.has_phone():
            self.press(selector)
            self.page.wait(f"document.activeElement.matches('{SEARCH}')")
            self.type(words)
            self.press(".o_searchview_autocomplete .o-dropdown-item", words)
            self.press(CARD, words)
            self.is_rid_of(SEARCH)
            return
        self.press(selector)
        self.page.wait(f"document.activeElement.matches({json.dumps(selector)})")
        # what is proposed there gives way
        self.page.js("document.activeElement.select()")
        self.type(words)
        # what was offered before the last letter gives way to what fits: it is marked
        self.page.wait(
            f"[...document.querySelectorAll('{ENTRY} .text-primary')]"
            f".some((mark) => mark.innerText === {json.dumps(words)})"
        )
        self.press(ENTRY, words)

    def pick_first(self, selector):
        """Press a field and the first entry of what it offers."""
        self.press(selector)
        self.press(CARD if self.has_phone() else ENTRY)

    def step(self, words):
        """Press a button of the bar of a form; on a phone all but the first stand
        behind “⋮”."""
        more = f"{BAR}:has(.oi-ellipsis-v)"
        self.page.wait_for(BAR)
        if self.has_phone() and words not in self.page.text(BAR):
            self.press(more)
            self.press(".o-dropdown--menu button", words)
        else:
            self.press(BAR, words)

    def has_phone(self):
        return self.page.js("window.innerWidth < 768")

    def key(self, name, **modifiers):
        self.page.key(name, **modifiers)
        self._count()

    def draw(self, selector):
        """A stroke with the finger, as one signs."""
        self.page.drag(selector, selector, 0.8, 0.3)
        self._count()

    def choose_file(self, selector, path):
        """What the camera gives; its own button is one press."""
        self.page.choose_file(selector, path)
        self._count()

    def sees(self, *words, inside="body"):
        """Wait until all the words are to be read."""
        for one in words:
            self.page.wait(
                f"[...document.querySelectorAll({json.dumps(inside)})]"
                f".some((place) => place.innerText.includes({json.dumps(one)}))"
            )

    def is_rid_of(self, selector):
        """Wait until there is nothing of the kind any more."""
        self.page.wait(f"!document.querySelector({json.dumps(selector)})")

    def is_at(self, state):
        """Wait until the bar of states shows that one as reached."""
        self.page.wait_for(f".o_arrow_button_current[data-value='{state}']")

    def goes_to(self, path):
        """Open another page of the same browser, as by a bookmark."""
        self.page.go(path)

    def is_ready(self):
        """Wait until a page of the website hears what is pressed."""
        self.page.wait(READY)
