import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** The total follows what is chosen: the server reckons it, to the cent. */
export class OrderChoice extends Interaction {
    static selector = ".o_dealer_choice";
    dynamicContent = { "input[type=radio]": { "t-on-change": this.onChoose } };

    async onChoose() {
        const choice = new URLSearchParams(new FormData(this.el));
        choice.set("step", "choose");
        const answer = await this.waitFor(fetch(`${this.el.action}?${choice}`));
        const page = new DOMParser().parseFromString(
            await this.waitFor(answer.text()),
            "text/html"
        );
        const total = page.querySelector(".o_dealer_total");
        if (total) {
            this.el.querySelector(".o_dealer_total").textContent = total.textContent;
        }
    }
}

registry.category("public.interactions").add("dealer_service.order_choice", OrderChoice);
