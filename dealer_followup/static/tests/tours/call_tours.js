import { registry } from "@web/core/registry";

/**
 * A caller works down the list: three customers, three ways a call ends. The data and
 * the outcome are in tests/browser/test_calls.py.
 */
const tours = registry.category("web_tour.tours");

const customer = (name) => ({
    content: `the sheet of ${name}`,
    trigger: `.o_form_view .o_field_widget[name='contact_name']:contains(${name})`,
});
const score = (number, value) => ({
    content: `question ${number}: ${value}`,
    trigger: `.o_dealer_questionnaire [data-question]:eq(${number}) button[data-value='${value}']`,
    run: "click",
});
const isScored = (number, value) => ({
    content: `question ${number} is answered ${value}`,
    trigger:
        `.o_dealer_questionnaire [data-question]:eq(${number})` +
        ` button[data-value='${value}'][aria-checked='true']`,
});
const result = (name) => ({
    content: `the call ended: ${name}`,
    trigger: `.o_field_widget[name='result_id'] .o_selection_badge:contains(${name})`,
    run: "click",
});
const button = (name) => ({
    content: `press ${name}`,
    trigger: `.o_form_view button[name='${name}']:not(:disabled):visible`,
    run: "click",
});

tours.add("dealer_calls", {
    steps: () => [
        // the first one answers everything and is content: no other click is needed
        customer("王建国"),
        {
            content: "the number is dialled by the button alone, which asks if it may",
            trigger: ".o_form_view button[name='action_dial']:not(:has(a))",
        },
        { content: "what to say", trigger: ".o_field_widget[name='script']:contains(王建国)" },
        { content: "why now", trigger: ".o_field_widget[name='briefing']:contains(皖B·A1234)" },
        ...[0, 1, 2, 3, 4].map((number) => score(number, 9)),
        // tapped again an answer is taken back, then given anew
        score(4, 9),
        {
            content: "taken back",
            trigger:
                ".o_dealer_questionnaire [data-question]:eq(4):not(:has([aria-checked='true']))",
        },
        score(4, 8),
        isScored(4, 8),
        score(6, 10),
        isScored(6, 10),
        {
            content: "counted",
            trigger: ".o_dealer_questionnaire .text-muted:contains(6)",
        },
        button("action_save_and_next"),

        // nobody answers: the questions step aside
        customer("李梅"),
        result("No Answer"),
        {
            content: "no questions to nobody",
            trigger: ".o_form_view:not(:has(.o_dealer_questionnaire))",
        },
        button("action_save_and_next"),

        // the third one is not content: his words become a complaint
        customer("赵强"),
        score(2, 1),
        isScored(2, 1),
        {
            content: "the sheet says that this is an unhappy answer",
            trigger: ".alert-warning:contains(Service Facility)",
        },
        score(6, 2),
        isScored(6, 2),
        result("Not Satisfied"),
        {
            content: "word for word",
            trigger: ".o_field_widget[name='note'] textarea",
            run: "edit 休息区又脏又冷，等了两个小时。",
        },
        button("action_save"),
        {
            content: "back on the list",
            trigger: ".o_list_view .o_data_row:contains(李梅), .o_list_view .o_view_nocontent",
        },
    ],
});
