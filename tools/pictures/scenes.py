"""What is on each picture: one line here is one picture in each language."""

from dataclasses import dataclass

DESK, TABLET, PHONE = (1280, 800), (768, 1024), (390, 844)
#: A sheet of A4 as the browser lays it out.
SHEET = (794, 1123)


@dataclass(frozen=True)
class Scene:
    """A screen of the demo dealership, and where its pictures go.

    :ivar name: in ``docs/images``, with the language behind it
    :ivar path: address on the server; ``{id}`` is the record's, ``{key}`` the secret of
        its link and ``{lang}`` the language; empty for the page that a customer opens
        by the link of the record
    :ivar ready: selector of what is there once the screen can be looked at
    :ivar login: who looks; without one a customer does
    :ivar record: model and condition of the record; of several, the newest
    :ivar key: field of the record with the secret of its link
    :ivar size: of the screen
    :ivar clicks: selectors pressed one after the other before the picture is taken
    :ivar look_at: selector of what is scrolled to the top
    :ivar docs: languages of the picture for the READMEs
    :ivar store: addon and name on its store page, in both languages
    """

    name: str
    ready: str
    path: str = ""
    login: str | None = None
    record: tuple[str, list] | None = None
    key: str = "access_token"
    size: tuple[int, int] = DESK
    clicks: tuple[str, ...] = ()
    look_at: str = ""
    docs: tuple[str, ...] = ("zh",)
    store: tuple[str, str] | None = None

    def targets(self, language):
        """The files that show this scene in a language."""
        if language in self.docs:
            yield f"docs/images/{self.name}_{language}.png"
        if self.store:
            addon, name = self.store
            yield f"{addon}/static/description/{name}_{language}.png"


# The records that show most.
ASKED = [("state", "=", "working"), ("order_ids.dealer_kind", "=", "supplement")]
WALKED = [("state", "=", "inspected"), ("inspection_ids.mark_ids", "!=", False)]
EXPLAINED = [("state", "=", "investigating"), ("grade", "=", "major")]
NEW = [("state", "=", "new"), ("partner_id", "!=", False)]
INVITED = [("state", "=", "invited")]
OPEN = [("dealer_online_token", "!=", False)]
SUMMED_UP = [("state", "=", "evaluated")]

SCENES = (
    Scene("home", ".o_dealer_home .o_home_tile", "/odoo/service-home", "manager"),
    Scene(
        "board",
        ".o_kanban_record button",
        "/odoo/visits",
        "manager",
        size=(1280, 720),
        docs=("zh", "en"),
        store=("dealer_service", "today"),
    ),
    Scene(
        "visit",
        ".o_form_view .o_notebook",
        "/odoo/visits/{id}",
        "manager",
        ("dealer.reception", ASKED),
        clicks=("[name='estimate'].nav-link",),
        docs=("zh", "en"),
        store=("dealer_service", "estimate"),
    ),
    Scene(
        "inspection",
        ".o_form_view .o_notebook",
        "/odoo/visits/{id}",
        "manager",
        ("dealer.reception", WALKED),
        size=(1280, 900),
        clicks=("[name='inspection'].nav-link",),
        look_at=".o_damage_map",
        store=("dealer_service", "inspection"),
    ),
    Scene(
        "booking",
        ".o_dealer_grid .o_dealer_row",
        "/odoo/appointments",
        "manager",
        store=("dealer_service", "booking"),
    ),
    Scene(
        "workshop",
        ".o_dealer_board .o_board_head",
        "/odoo/workshop-board",
        "controller",
        store=("dealer_service", "workshop"),
    ),
    Scene("my_jobs", ".o_kanban_record button", "/odoo/my-jobs", "tech1", size=TABLET),
    Scene("cars", ".o_data_row", "/odoo/customer-cars", "manager"),
    Scene("gaps", ".o_pivot tbody td", "/odoo/service-gaps", "manager"),
    Scene(
        "complaints",
        ".o_data_row",
        "/odoo/complaints",
        "complaint_officer",
        store=("dealer_complaint", "complaints"),
    ),
    Scene(
        "complaint",
        ".o_form_view .o_notebook",
        "/odoo/complaints/{id}",
        "complaint_officer",
        ("dealer.complaint", EXPLAINED),
        size=(1280, 900),
        clicks=("[name='limits'].nav-link",),
        store=("dealer_complaint", "limits"),
    ),
    Scene(
        "complaint_home",
        ".o_dealer_home .o_home_tile",
        "/odoo/complaint-home",
        "complaint_officer",
        docs=(),
        store=("dealer_complaint", "home"),
    ),
    Scene(
        "call",
        ".o_form_view button[name]",
        "/odoo/next-call",
        "caller1",
        store=("dealer_followup", "call"),
    ),
    Scene(
        "activity",
        ".o_form_view .o_notebook",
        "/odoo/customer-activities/{id}",
        "care_manager",
        ("dealer.activity", SUMMED_UP),
        store=("dealer_followup", "activity"),
    ),
    Scene(
        "care_calendar",
        ".fc-event",
        "/odoo/care-calendar",
        "care_manager",
        store=("dealer_followup", "calendar"),
    ),
    Scene(
        "customer_base",
        ".o_pivot tbody td",
        "/odoo/customer-base",
        "care_manager",
        store=("dealer_followup", "base"),
    ),
    Scene("cashier", ".o_cashier_car", "/odoo/cashier", "cashier"),
    Scene("outbox", ".o_dealer_phone", "/odoo/outbox", "manager"),
    Scene(
        "phone_booking",
        "form .choice",
        "/book/{key}?lang={lang}",
        record=("res.company", OPEN),
        key="dealer_online_token",
        size=PHONE,
    ),
    Scene(
        "phone_times",
        "form .choice",
        "/book/{key}?lang={lang}",
        record=("res.company", OPEN),
        key="dealer_online_token",
        size=PHONE,
        clicks=(".choice input[name='package']", ".go"),
        look_at=".days",
    ),
    Scene(
        "phone_gate",
        "main article",
        "/gate/{key}",
        record=("dealer.gate.device", [("access_token", "!=", False)]),
        size=PHONE,
    ),
    Scene(
        "paper_poster",
        ".poster .qr",
        "/report/html/dealer_service.paper_online/{id}",
        "manager",
        ("res.company", OPEN),
        key="dealer_online_token",
        size=SHEET,
    ),
    Scene("phone_visit", "main", record=("dealer.reception", ASKED), size=PHONE),
    Scene("phone_complaint", "main", record=("dealer.complaint", NEW), size=PHONE),
    Scene(
        "phone_invitation",
        "main",
        record=("dealer.activity.invitee", INVITED),
        size=PHONE,
    ),
)
