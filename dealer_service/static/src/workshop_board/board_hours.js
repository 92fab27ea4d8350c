/** The full hours of a pair of minutes, as the head of the board shows them. */
export function fullHours([first, last]) {
    const hours = [];
    for (let minute = first; minute < last; minute += 60) {
        hours.push(minute);
    }
    return hours;
}

/** The pairs of minutes of `range` in which the shop is not open. */
export function closedSpans(opening, range) {
    const closed = [];
    let from = range[0];
    for (const [start, stop] of opening) {
        if (start > from) {
            closed.push([from, start]);
        }
        from = Math.max(from, stop);
    }
    if (from < range[1]) {
        closed.push([from, range[1]]);
    }
    return closed;
}
