import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Longest edge of a photo that is sent, in pixels. */
const EDGE = 1600;

async function shrink(file) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const blob = await new Promise((resolve) =>
        canvas.toBlob(resolve, "image/jpeg", 0.82)
    );
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), {
        type: "image/jpeg",
    });
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
