/** The last second of the year 9999: a greater number must be milliseconds. */
export const lastSecond = 253_402_300_799;

/**
 * Reads one of Intercom's times as Unix seconds. Intercom's descriptions have whole seconds; we also
 * read digits as text, milliseconds and dates. Anything else gives NaN, so every comparison fails.
 */
export function secondsOf(time: unknown): number {
  const text = typeof time === "string" ? time.trim() : "";
  const number = typeof time === "number" ? time : text ? Number(text) : Number.NaN;
  const seconds = Number.isNaN(number)
    ? dateSeconds(text)
    : number > lastSecond
      ? number / 1000
      : number;
  return seconds >= 0 && seconds <= lastSecond ? Math.floor(seconds) : Number.NaN;
}

/** We read a date without a zone as UTC. */
function dateSeconds(text: string): number {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return Number.NaN;
  const hasZone = /(z|utc|gmt|[+-]\d\d:?\d\d)$/i.test(text) || text.length === 10;
  return Date.parse(hasZone ? text : `${text}Z`) / 1000;
}
