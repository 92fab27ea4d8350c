import { imageUrl } from "@web/core/utils/urls";

/** Longest edge of a stored photo, in pixels. */
export const PHOTO_EDGE = 1600;

/**
 * Scale a photo down before it is sent: a tablet's camera makes 12 megapixels.
 *
 * @param {Blob} file an image
 * @returns {Promise<string>} a JPEG, base64-encoded
 */
export async function shrinkPhoto(file) {
    // the browser turns the picture as the camera was held
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, PHOTO_EDGE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL("image/jpeg", 0.82).split(",")[1];
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
