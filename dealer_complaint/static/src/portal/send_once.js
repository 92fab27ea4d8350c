import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** A form that is on its way is not sent again by a second tap. */
export class SendOnce extends Interaction {
    static selector = ".o_dealer_filing, .o_dealer_complaint form";
    dynamicContent = { _root: { "t-on-submit": this.onSubmit } };

    onSubmit(ev) {
        if (this.isSent) {
            ev.preventDefault();
            return;
        }
        this.isSent = true;
        this.el.setAttribute("aria-busy", "true");
        // the page may come back from the browser's cache: then it is a form again
        this.addListener(window, "pageshow", () => {
            this.isSent = false;
            this.el.removeAttribute("aria-busy");
        });
    }
}

registry.category("public.interactions").add("dealer_complaint.send_once", SendOnce);
