import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { drawSmaller, JPEG, QUALITY } from "@dealer_service/photo/draw_smaller";

async function shrink(file) {
    const canvas = await drawSmaller(file);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, JPEG, QUALITY));
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: JPEG });
}

/**
 * Photos are scaled down before they leave the phone: the server takes them as they
 * are, but five of a camera are a long wait on the road.
 */
export class PhotoInput extends Interaction {
    static selector = ".o_dealer_photos";
    dynamicContent = { _root: { "t-on-change": this.onChange } };

    async onChange() {
        const chosen = [...this.el.files];
        const transfer = new DataTransfer();
        for (const file of chosen) {
            let smaller = file;
            try {
                smaller = await shrink(file);
            } catch {
                // what the browser cannot open, the server judges
            }
            transfer.items.add(smaller);
        }
        const isStillChosen = chosen.every((file, index) => this.el.files[index] === file);
        if (isStillChosen) {
            this.el.files = transfer.files;
        }
    }
}

registry.category("public.interactions").add("dealer_complaint.photos", PhotoInput);
