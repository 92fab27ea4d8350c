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

/** Whether the shop is shut at a moment; a day that is not known is not said to be. */
export function isShut(openings, date, minute) {
    const spans = openings[date];
    return Boolean(spans && !spans.some(([start, stop]) => start <= minute && minute < stop));
}

/** The day and minute at which a job can begin that has no place yet. */
export function nextStart({ date, opening, openings, next_open, range, slot }, now) {
    if (!next_open) {
        return { date, minute: opening[0]?.[0] ?? range[0] };
    }
    // the board was read a while ago
    const minute = Math.ceil((now ?? 0) / slot) * slot;
    const isPast = next_open.date === date && minute > next_open.minute;
    return isPast && !isShut(openings, date, minute) ? { date, minute } : next_open;
}
