/** A plate in two parts: a narrow card leaves out province and city. */
export function plateParts(plate) {
    const [head] = plate.match(/^[\u4e00-\u9fff][A-Z][·\s-]?(?=.{5,6}$)/) || [""];
    return { head, tail: plate.slice(head.length) };
}
