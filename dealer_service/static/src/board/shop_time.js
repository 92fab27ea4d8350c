const { DateTime } = luxon;

/** "08:15" for 495; days before and after are not told apart, a board shows one. */
export function clock(minute) {
    const inDay = ((minute % 1440) + 1440) % 1440;
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(inDay / 60))}:${two(Math.floor(inDay % 60))}`;
}

/** The day `offset` days after `day`, both as YYYY-MM-DD. */
export function shiftDay(day, offset) {
    return DateTime.fromISO(day, { zone: "utc" }).plus({ days: offset }).toISODate();
}

/** The day (YYYY-MM-DD) with its weekday, as people write it. */
export function longDate(day) {
    return DateTime.fromISO(day).toLocaleString(DateTime.DATE_MED_WITH_WEEKDAY);
}
