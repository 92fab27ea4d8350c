"""The web client of one person, as far as the server sees it."""

import html
import itertools
import json
import re

from . import specification
from .answers import Broken, problem

FORM_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
#: Behind a proxy a worker serves one request of each connection.
HEADERS = {"Connection": "close"}
PAGE_ROWS = 80
#: Rows after which the web client stops counting.
COUNTED = 10_001


def form_token(page: str) -> str:
    """The token that a form of the page sends along."""
    found = FORM_TOKEN.search(page)
    if not found:
        raise Broken("a page without its form")
    return html.unescape(found[1])


def get(http, path, page, headers=None):
    """Load a page of the web; whatever is no page is :class:`Broken`."""
    headers = {**HEADERS, **(headers or {})}
    with http.get(path, name=page, headers=headers, catch_response=True) as answer:
        wrong = problem_of_page(answer)
        if wrong:
            answer.failure(wrong)
    if wrong:
        raise wrong
    return answer


def post_form(http, path, page, values):
    """Send a form of a page."""
    with http.post(
        path, name=page, data=values, headers=HEADERS, catch_response=True
    ) as answer:
        wrong = problem_of_page(answer)
        if wrong:
            answer.failure(wrong)
    if wrong:
        raise wrong
    return answer


def problem_of_page(answer):
    """What is wrong with a page, if anything."""
    if answer.status_code and answer.status_code < 400:
        return None
    return Broken(f"HTTP {answer.status_code}" if answer.status_code else "no answer")


class Screen:
    """An action with its views, as the server sent them to this person."""

    def __init__(self, model, views, models, uid, action=None):
        self.model = model
        self.views = views
        self.models = models
        self.specifications = {}
        action = action or {}
        self.context = specification.literal(action.get("context"), uid, {})
        self.domain = list(specification.literal(action.get("domain"), uid, []))
        if "search" in views:
            self.domain += specification.default_filters(
                views["search"]["arch"], self.context, uid
            )

    def wanted(self, view):
        """The specification of one of its views."""
        if view not in self.specifications:
            self.specifications[view] = specification.of_view(
                self.arch(view), self.models, self.model
            )
        return self.specifications[view]

    def arch(self, view):
        """One of its views."""
        return self.views[view]["arch"]


class WebClient:
    """What the web client sends, and what comes of it.

    :param http: the session of the person, which measures by the name of the page
    """

    def __init__(self, http, login, password):
        self.http = http
        self.login, self.password = login, password
        self.numbers = itertools.count()
        self.screens = {}
        self.uid, self.context = 0, {}

    # -- the session ---------------------------------------------------------------

    def log_in(self):
        """By the form, then the page of the web client with what it loads at once."""
        page = get(self.http, "/web/login", "log in: form")
        values = {"login": self.login, "password": self.password}
        values |= {"csrf_token": form_token(page.text), "redirect": "/odoo"}
        post_form(self.http, "/web/login", "log in: password", values)
        session = self.call("/web/session/get_session_info", {}, "log in: session")
        self.uid, self.context = session.get("uid"), session.get("user_context") or {}
        if not self.uid:
            raise Broken(f"{self.login} is not logged in")
        companies = session.get("user_companies") or {}
        current = companies.get("current_company")
        self.context["allowed_company_ids"] = [current] if current else []
        get(self.http, "/web/webclient/load_menus", "log in: menus")

    def cookie(self):
        """The cookie of the session, for the websocket."""
        return f"session_id={self.http.cookies.get('session_id')}"

    # -- calls ---------------------------------------------------------------------

    def call(self, path, params, page):
        """One call by JSON-RPC.

        :param page: under which name it is measured
        :raise Refused: with the sentence that the person reads
        :raise Broken: when the server failed or did not answer
        """
        body = {"id": next(self.numbers), "jsonrpc": "2.0", "method": "call"}
        with self.http.post(
            path,
            name=page,
            json={**body, "params": params},
            headers=HEADERS,
            catch_response=True,
        ) as answer:
            decoded = decode(answer)
            wrong = problem(answer.status_code, decoded)
            if wrong:
                answer.failure(wrong)
        if wrong:
            raise wrong
        return decoded.get("result")

    def call_kw(self, model, method, page, *args, context=None, **kwargs):
        """A method of a model."""
        kwargs["context"] = {**self.context, **(context or {})}
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.call(f"/web/dataset/call_kw/{model}/{method}", params, page)

    def button(self, model, method, record, page, context=None):
        """Press a button of a record."""
        kwargs = {"context": {**self.context, **(context or {})}}
        params = {"model": model, "method": method, "args": [[record]]}
        path = f"/web/dataset/call_button/{model}/{method}"
        return self.call(path, {**params, "kwargs": kwargs}, page)

    # -- screens -------------------------------------------------------------------

    def screen(self, action):
        """An action and its views, loaded once as the web client keeps them."""
        if action not in self.screens:
            params = {"action_id": action, "context": self.context}
            loaded = self.call("/web/action/load", params, "screen: action")
            views = [*loaded["views"], [False, "search"]]
            self.screens[action] = self._load(loaded["res_model"], views, loaded)
        return self.screens[action]

    def form_of(self, model):
        """The form of a model that a button opens."""
        if model not in self.screens:
            self.screens[model] = self._load(model, [[False, "form"]])
        return self.screens[model]

    def _load(self, model, views, action=None):
        options = {"toolbar": True, "load_filters": True}
        options |= {"action_id": action["id"]} if action else {}
        loaded = self.call_kw(
            model, "get_views", "screen: views", views=views, options=options
        )
        return Screen(model, loaded["views"], loaded["models"], self.uid, action)

    def read_board(self, screen, page):
        """The columns of a board with their cards, and what they count."""
        arch = screen.arch("kanban")
        group_by = specification.groups(arch)
        context = {**screen.context, "read_group_expand": True}
        answer = self.call_kw(
            screen.model,
            "web_read_group",
            page,
            domain=screen.domain,
            groupby=group_by,
            aggregates=[],
            limit=PAGE_ROWS,
            offset=0,
            order=specification.order(arch),
            auto_unfold=True,
            opening_info=[],
            unfold_read_specification=screen.wanted("kanban"),
            unfold_read_default_limit=PAGE_ROWS,
            groupby_read_specification={},
            context=context,
        )
        if bar := specification.progress_bar(arch):
            self.call_kw(
                screen.model,
                "read_progress_bar",
                f"{page}, bars",
                domain=screen.domain,
                group_by=group_by[0],
                progress_bar=bar,
                context=screen.context,
            )
        return answer["groups"]

    def read_list(self, screen, page, view="list", domain=()):
        """The first rows of a list, or cards that stand in no columns."""
        answer = self.call_kw(
            screen.model,
            "web_search_read",
            page,
            domain=[*screen.domain, *domain],
            specification=screen.wanted(view),
            offset=0,
            limit=PAGE_ROWS,
            order=specification.order(screen.arch(view)),
            count_limit=COUNTED,
            context={**screen.context, "bin_size": True},
        )
        return answer["records"]

    def read_form(self, screen, record, page):
        """A record in its form."""
        [values] = self.call_kw(
            screen.model,
            "web_read",
            page,
            [record],
            specification=screen.wanted("form"),
            context={"bin_size": True},
        )
        return values

    def save_form(self, screen, record, values, page):
        """Save what was changed in a form; without a record a new one."""
        [saved] = self.call_kw(
            screen.model,
            "web_save",
            page,
            [record] if record else [],
            values,
            specification=screen.wanted("form"),
        )
        return saved

    def fill(self, screen, values, changed, page):
        """What a form that is not saved yet fills in when something was typed."""
        answer = self.call_kw(
            screen.model,
            "onchange",
            page,
            [],
            values,
            changed,
            screen.wanted("form"),
        )
        return answer.get("value") or {}

    def read_chatter(self, model, record, page):
        """The last messages below a form."""
        params = {"thread_model": model, "thread_id": record}
        params["fetch_params"] = {"limit": 30}
        return self.call("/mail/thread/messages", params, page)

    def post_note(self, model, record, words, page):
        """A note for the colleagues."""
        return self.call(
            "/mail/message/post",
            {
                "thread_model": model,
                "thread_id": record,
                "context": self.context,
                "post_data": {
                    "body": words,
                    "message_type": "comment",
                    "subtype_xmlid": "mail.mt_note",
                    "attachment_ids": [],
                    "attachment_tokens": [],
                    "partner_ids": [],
                },
            },
            page,
        )


def decode(answer):
    """The JSON of an answer, None when it is none."""
    try:
        return json.loads(answer.text)
    except (TypeError, ValueError):
        return None
