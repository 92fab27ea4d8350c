import { imageUrl } from "@web/core/utils/urls";
import { drawSmaller, JPEG, QUALITY } from "../photo/draw_smaller";

/**
 * @param {Blob} file an image
 * @returns {Promise<string>} a smaller JPEG, base64-encoded
 */
export async function shrinkPhoto(file) {
    const canvas = await drawSmaller(file);
    return canvas.toDataURL(JPEG, QUALITY).split(",")[1];
}

/** What is stored comes from the server as its size ("12.3 Kb"), what is new as itself. */
export function isPicture(value) {
    return value.length > 100;
}

/** Where the photo of a mark is to be had; false when there is none. */
export function photoUrl({ resModel, resId, data: { photo } }) {
    if (!photo) {
        return false;
    }
    return isPicture(photo)
        ? `data:image/jpeg;base64,${photo}`
        : imageUrl(resModel, resId, "photo");
}
