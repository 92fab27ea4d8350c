import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { rpc } from "@web/core/network/rpc";

/**
 * The shop is told that the customer has the offer in front of him.
 *
 * Not by opening the address: messengers open every link for a preview, and run no
 * program of it.
 */
export class PageSeen extends Interaction {
    static selector = ".o_dealer_seen";

    setup() {
        this.onVisible = () => this.tell();
    }

    start() {
        document.addEventListener("visibilitychange", this.onVisible);
        this.registerCleanup(() =>
            document.removeEventListener("visibilitychange", this.onVisible)
        );
        this.tell();
    }

    async tell() {
        if (!document.hidden) {
            try {
                await rpc(this.el.dataset.url, {}, { silent: true });
            } catch {
                // no network in the lift: he will look again
            }
        }
    }
}

registry.category("public.interactions").add("dealer_service.page_seen", PageSeen);
