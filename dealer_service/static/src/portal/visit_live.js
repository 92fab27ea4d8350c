import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Seconds between two looks; the server answers "unchanged" with an empty page. */
const LOOK_EVERY = 20;

/**
 * The customer follows the visit live.
 *
 * Asks while the page is in front only, and shows what has changed in place. An answer
 * that does not come leaves the page as it is.
 */
export class VisitLive extends Interaction {
    static selector = ".o_dealer_visit_live";

    setup() {
        this.seen = this.el.dataset.etag;
        this.onVisible = () => !document.hidden && this.look();
    }

    start() {
        const ticker = setInterval(() => this.look(), LOOK_EVERY * 1000);
        document.addEventListener("visibilitychange", this.onVisible);
        this.registerCleanup(() => {
            clearInterval(ticker);
            document.removeEventListener("visibilitychange", this.onVisible);
        });
    }

    async look() {
        if (document.hidden || this.isLooking) {
            return;
        }
        this.isLooking = true;
        try {
            const answer = await fetch(this.el.dataset.url, {
                headers: { "If-None-Match": this.seen },
                cache: "no-store",
            });
            if (answer.status === 200) {
                this.show(await answer.text());
                this.seen = answer.headers.get("ETag");
            }
        } catch {
            // no network in the lift: the next look tells
        } finally {
            this.isLooking = false;
        }
    }

    /** The server's own page of this visit, which it has escaped. */
    show(text) {
        const page = new DOMParser().parseFromString(text, "text/html");
        this.el.replaceChildren(...page.body.childNodes);
    }
}

registry.category("public.interactions").add("dealer_service.visit_live", VisitLive);
