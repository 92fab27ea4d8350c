import { registry } from "@web/core/registry";

/**
 * One visit through the real screens: the advisor, the mechanic on the tablet, and the
 * three who sign the quality check. The data and the outcome are in
 * tests/browser/test_visit.py.
 */
const tours = registry.category("web_tour.tours");

const button = (name) => ({
    content: `press ${name}`,
    trigger: `.o_form_view button[name='${name}']:not(:disabled):visible`,
    run: "click",
});
const dialogButton = (name) => ({
    content: `press ${name} of the dialog`,
    trigger: `.modal footer button[name='${name}']:visible`,
    run: "click",
});
const state = (value) => ({
    content: `the visit is ${value}`,
    trigger: `.o_statusbar_status button.o_arrow_button_current[data-value='${value}']`,
});
const page = (name) => ({
    content: `open the page ${name}`,
    trigger: `.o_notebook_headers a.nav-link[name='${name}']`,
    run: "click",
});
const pick = (field, text, root = "") => [
    {
        content: `type ${text}`,
        trigger: `${root} .o_field_widget[name='${field}'] input`,
        run: `edit ${text}`,
    },
    {
        content: `choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
        run: "click",
    },
];
const saved = [
    { content: "saved", trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)" },
];
const OPEN_BLOCKING =
    ".o_field_widget[name='check_ids'] tr.o_data_row" +
    ":has([name='is_blocking'] input:checked)" +
    ":has([name='is_done'] input:not(:checked, :disabled)) [name='is_done'] input";
/** Tick the standards that stop the visit, one by one, as they are carried out; what the
 * record proves is not ticked. */
const tick = [
    page("standards"),
    {
        content: "tick what stops the visit",
        trigger: ".o_field_widget[name='check_ids'] .o_data_row",
        run: async () => {
            for (let patience = 100; patience; patience--) {
                const open = document.querySelector(OPEN_BLOCKING);
                if (!open) {
                    return;
                }
                open.click();
                await new Promise((done) => setTimeout(done, 300));
            }
            throw new Error("a standard stays open");
        },
    },
];
const stroke = (canvas) => {
    const box = canvas.getBoundingClientRect();
    const at = (type, right, down) =>
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                button: 0,
                buttons: type === "pointerup" ? 0 : 1,
                pressure: 0.5,
                pointerId: 1,
                isPrimary: true,
                pointerType: "pen",
                clientX: box.x + box.width * right,
                clientY: box.y + box.height * down,
            })
        );
    at("pointerdown", 0.2, 0.3);
    for (const [right, down] of [
        [0.3, 0.7],
        [0.45, 0.3],
        [0.6, 0.7],
        [0.75, 0.3],
    ]) {
        at("pointermove", right, down);
    }
    at("pointerup", 0.75, 0.3);
};

const sign = [
    {
        content: "what is signed stands above the pad",
        trigger: ".modal .o_dealer_signed_content",
    },
    {
        content: "nothing is signed before a stroke is drawn",
        trigger: ".modal button[name='action_sign']:disabled:visible",
    },
    {
        content: "sign by hand",
        trigger: ".modal .o_dealer_drawn_signature canvas",
        run() {
            stroke(this.anchor);
        },
    },
    {
        content: "sign",
        trigger: ".modal button[name='action_sign']",
        run: "click",
    },
    { content: "signed", trigger: "body:not(:has(.modal))" },
];

tours.add("dealer_visit_book", {
    steps: () => [
        {
            content: "book",
            trigger: ".o_dealer_booking_day .o_dealer_toolbar .btn-primary",
            run: "click",
        },
        ...pick("vehicle_id", "A1234", ".modal"),
        ...pick("package_id", "小保养", ".modal"),
        {
            content: "the customer's words",
            trigger: ".modal .o_field_widget[name='wish'] textarea",
            run: "edit 刹车有点响",
        },
        {
            content: "the first free slot",
            trigger: ".modal .o_dealer_chip:not(:disabled):not(.o_dealer_day)",
            run: "click",
        },
        dialogButton("action_book"),
        {
            content: "open what was booked",
            trigger: ".o_dealer_visit:contains(A1234)",
            run: "click",
        },
        state("booked"),
        ...tick,
        button("action_prepare"),
        state("prepared"),
    ],
});

tours.add("dealer_visit_receive", {
    steps: () => [
        {
            content: "type the plate",
            trigger: ".modal .o_dealer_arrival_query input",
            run: "edit b a1234 && press Enter",
        },
        {
            content: "the car is known",
            trigger: ".modal .o_field_widget[name='owner_id']:contains(王建国)",
        },
        dialogButton("action_arrive"),
        state("arrived"),
        button("action_greet"),
        {
            content: "greeted",
            trigger: ".o_form_view button[name='action_inspect']:visible",
        },
        {
            content: "read the odometer",
            trigger: ".o_field_widget[name='odometer'] input",
            run: "edit 23456",
        },
        ...tick,
        page("inspection"),
        button("action_sign_inspection"),
        ...sign,
        button("action_inspect"),
        state("inspected"),
        // the estimate comes from the booked package
        button("action_open_estimate"),
        {
            content: "labour and part are on it",
            trigger: ".o_form_view .o_field_widget[name='order_line'] .o_data_row:eq(1)",
        },
        button("action_ask_consent"),
        {
            content: "he agrees to all of it",
            trigger: ".modal .o_field_widget[name='method'] input[data-value='in_person']",
            run: "click",
        },
        {
            content: "a time is proposed for the promise",
            trigger:
                ".modal .o_field_widget[name='date_promised'] :is(input, button):not([value=''])",
        },
        dialogButton("action_confirm"),
        {
            content: "agreed",
            trigger: ".o_form_view button[name='action_void_consent']:visible",
        },
        button("action_view_reception"),
        state("inspected"),
        ...tick,
        button("action_ask_authorization"),
        state("authorized"),
        page("workshop"),
        {
            content: "open the job",
            trigger: ".o_field_widget[name='job_ids'] .o_data_row td[name='name']",
            run: "click",
        },
        ...pick("technician_id", "李师傅", ".modal"),
        {
            content: "keep it",
            trigger: ".modal footer .o_form_button_save",
            run: "click",
        },
        {
            content: "assigned",
            trigger: ".o_field_widget[name='job_ids'] .o_data_row:contains(李师傅)",
        },
        {
            content: "save",
            trigger: ".o_form_status_indicator .o_form_button_save:enabled",
            run: "click",
        },
        ...saved,
    ],
});

tours.add("dealer_visit_work", {
    steps: () => [
        {
            content: "start the clock",
            trigger: ".o_kanban_record:contains(A1234) button[name='action_start']:visible",
            run: "click",
        },
        {
            content: "done",
            trigger: ".o_kanban_record:contains(A1234) button[name='action_done']:visible",
            run: "click",
        },
        {
            content: "send the car to the quality check",
            trigger:
                ".o_kanban_record:contains(A1234) button[name='action_send_to_quality']:visible",
            run: "click",
        },
        {
            content: "the job has left the list",
            trigger: ".o_kanban_view:not(:has(button[name='action_send_to_quality']))",
        },
    ],
});

tours.add("dealer_visit_check", {
    steps: () => [
        {
            content: "check the car",
            trigger:
                ".o_kanban_record:contains(A1234) button[name='action_check_quality'].btn-success:visible",
            run: "click",
        },
        {
            content: "sign the check",
            trigger: ".modal footer .btn-primary:visible",
            run: "click",
        },
        { content: "signed", trigger: "body:not(:has(.modal))" },
    ],
});

tours.add("dealer_visit_hand_over", {
    steps: () => [
        {
            content: "open the car",
            trigger: ".o_kanban_record:contains(A1234)",
            run: "click",
        },
        state("quality"),
        button("action_ready"),
        state("ready"),
        button("action_open_settlement"),
        {
            content: "the settlement beside the estimate",
            trigger: ".modal .o_field_widget[name='settlement_html'] table",
        },
        dialogButton("action_settle"),
        state("settled"),
        button("action_sign_delivery"),
        ...sign,
        button("action_open_delivery"),
        {
            content: "what is left is asked once",
            trigger: ".modal button[name='action_deliver']",
            run: "click",
        },
        {
            content: "the customer says how it went, with all three apps",
            trigger: ".modal button[name='action_smile_good']",
            run: "click",
        },
        state("delivered"),
    ],
});
