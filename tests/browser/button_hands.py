"""The script by which a test presses buttons as a hand does."""

#: What the page needs to press a button as a hand does, and to tell what came of it.
HANDS = """
    const env = odoo.__WOWL_DEBUG__.root.env;
    const { rpc, rpcBus } = odoo.loader.modules.get("@web/core/network/rpc");
    const { makeContext } = odoo.loader.modules.get("@web/core/context");
    const hands = (window.hands = { pending: 0, asked: 0, errors: [] });
    const { doActionButton } = env.services.action;
    // what the client asks of the server, without drawing what comes of it
    env.services.action.doActionButton = function (params, options) {
        if (!hands.isBrief || params.type !== "object") {
            return doActionButton.call(this, params, options);
        }
        const more = params.args ? JSON.parse(params.args.replace(/'/g, '"')) : [];
        const context = makeContext([params.context, params.buttonContext]);
        return rpc(`/web/dataset/call_button/${params.resModel}/${params.name}`, {
            args: [params.resId ? [params.resId] : params.resIds, ...more],
            kwargs: { context },
            method: params.name,
            model: params.resModel,
        });
    };
    rpcBus.addEventListener("RPC:REQUEST", () => { hands.pending++; hands.asked++; });
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => {
        hands.pending = Math.max(0, hands.pending - 1);
        if (detail.error) {
            const { data, exceptionName, message } = detail.error;
            const shown = data?.context?.exception_class || exceptionName || "";
            const words = data?.message || message || "";
            hands.errors.push([shown, words, data?.debug || ""]);
        }
    });
    // another window would be another test
    window.open = () => window;
    // nothing is asked, nothing is to be drawn, and whoever waited for it has begun
    const { scheduler } = odoo.__WOWL_DEBUG__.root.__owl__.app;
    hands.rest = async () => {
        const end = Date.now() + 30000;
        for (let calm = 0; calm < 3 && Date.now() < end; ) {
            await new Promise((resolve) => setTimeout(resolve, 5));
            await new Promise(requestAnimationFrame);
            calm = hands.pending || scheduler.tasks.size ? 0 : calm + 1;
        }
    };
    hands.until = async (what, isTrue) => {
        const end = Date.now() + 20000;
        while (!isTrue()) {
            if (Date.now() > end) {
                throw new Error(`The page never came to ${what}`);
            }
            await hands.rest();
        }
    };
    hands.open = async (action) => {
        env.services.dialog.closeAll();
        hands.errors = [];
        hands.isBrief = false;
        try {
            await env.services.action.doAction(action, { clearBreadcrumbs: true });
        } catch (error) {
            return { errors: hands.errors, oops: error.message };
        }
        await hands.rest();
        hands.place = env.services.action.currentController.jsId;
        hands.tabs = document.querySelectorAll(".o_notebook_headers .nav-link").length;
        const oops = document.querySelector(".o_error_dialog")?.innerText;
        return { errors: hands.errors, oops };
    };
    hands.find = () => {
        const seen = {};
        return [...document.querySelectorAll(
            ".o_action_manager :is(button, a):is([type=object], [type=action])[name]"
        )].filter((el) => el.offsetParent && !el.disabled).map((el) => {
            const name = el.getAttribute("name");
            seen[name] = (seen[name] ?? -1) + 1;
            const isAction = el.getAttribute("type") === "action";
            return { name, number: seen[name], isAction, el };
        });
    };
    // the row of a list that is grouped: its group is opened, its box is ticked
    hands.choose = async () => {
        const find = (selector) => document.querySelector(selector);
        find(".o_group_has_content:not(.o_group_open)")?.click();
        await hands.until("the row", () => find(".o_data_row"));
        find(".o_data_row .o_list_record_selector input").click();
        await hands.until("the tick", () => find(".o_selection_container"));
    };
    hands.show = async (tab) => {
        document.querySelectorAll(".o_notebook_headers .nav-link")[tab]?.click();
        await hands.rest();
    };
    hands.buttons = async () => {
        const found = [];
        for (let tab = 0; tab < (hands.tabs || 1); tab++) {
            await hands.show(tab);
            for (const { name, number, isAction } of hands.find()) {
                if (!found.some((b) => b.name === name && b.number === number)) {
                    found.push({ name, number, tab, isAction });
                }
            }
        }
        return found;
    };
    hands.press = async ({ name, number, tab, isBrief }) => {
        hands.isBrief = isBrief;
        await hands.show(tab);
        const button = hands.find().find((b) => b.name === name && b.number === number);
        if (!button) {
            return null;
        }
        hands.errors = [];
        hands.asked = 0;
        button.el.click();
        await hands.rest();
        if (!hands.asked) {
            // "Are you sure?" has no form
            const sure = ".modal-dialog:not(:has(.o_form_view)) footer .btn-primary";
            document.querySelector(sure)?.click();
            await hands.rest();
        }
        const errors = hands.errors;
        const oops = document.querySelector(".o_error_dialog")?.innerText;
        const stays = env.services.action.currentController?.jsId === hands.place;
        const opened = document.querySelectorAll(".o_dialog").length;
        env.services.dialog.closeAll();
        const isSame = Boolean(stays && (isBrief || opened || errors.length));
        return { errors, oops, isSame };
    };
"""
