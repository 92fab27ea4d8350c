export const JPEG = "image/jpeg";
export const QUALITY = 0.82;
/** Longest edge of a photo that is sent or stored, in pixels. */
const EDGE = 1600;

/**
 * Scale a photo down before it is sent: a camera makes 12 megapixels.
 *
 * @param {Blob} file an image
 * @returns {Promise<HTMLCanvasElement>}
 */
export async function drawSmaller(file) {
    // the browser turns the picture as the camera was held
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas;
}
