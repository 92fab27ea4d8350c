import { _t } from "@web/core/l10n/translation";
import { imageUrl } from "@web/core/utils/urls";
import { drawSmaller, JPEG, QUALITY } from "../photo/draw_smaller";

/**
 * @param {Blob} file an image
 * @returns {Promise<string>} a smaller JPEG, base64-encoded
 */
async function shrinkPhoto(file) {
    const canvas = await drawSmaller(file);
    return canvas.toDataURL(JPEG, QUALITY).split(",")[1];
}

/** Whether it is a photo as an iPhone takes them unless it is told otherwise. */
function isHeic({ name, type }) {
    return /hei[cf]/i.test(type) || /\.hei[cf]s?$/i.test(name);
}

/**
 * What was taken with the camera or chosen, made smaller; false when it is no picture.
 *
 * @param {Event} ev of an input for files, which takes the same file again afterwards
 * @param {Object} notification the service, to say that it is no picture
 * @returns {Promise<string|false>}
 */
export async function chosenPhoto(ev, notification) {
    const [file] = ev.target.files;
    ev.target.value = "";
    if (!file) {
        return false;
    }
    try {
        return await shrinkPhoto(file);
    } catch {
        const words = isHeic(file)
            ? _t(
                  "Most browsers cannot show this photo (HEIC). On an iPhone choose Settings → Camera → Formats → Most Compatible, and take it again."
              )
            : _t("This file is not a picture.");
        notification.add(words, { type: "danger" });
        return false;
    }
}

/** What is stored comes from the server as its size ("12.3 Kb"), what is new as itself. */
export function isPicture(value) {
    return value.length > 100;
}

/** Where the photo in a field of a record is to be had; false when there is none. */
export function photoUrl({ resModel, resId, data }, name = "photo") {
    const photo = data[name];
    if (!photo) {
        return false;
    }
    return isPicture(photo) ? `data:image/jpeg;base64,${photo}` : imageUrl(resModel, resId, name);
}
