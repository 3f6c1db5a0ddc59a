/** A day of the calendar in a time zone, as the instants (Unix seconds) where it begins and ends. */
export interface Day {
  start: number;
  end: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dateIn(timeZone: string, seconds: number): string {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-CA", { timeZone, ...parts });
    formats.set(timeZone, format);
  }
  return format.format(seconds * 1000);
}

/** The first second after `from` whose date is another one; days are at most 26 hours long here. */
function endOfDate(timeZone: string, from: number): number {
  const date = dateIn(timeZone, from);
  let inside = from;
  let outside = from + 26 * 3600;
  while (outside - inside > 1) {
    const middle = Math.floor((inside + outside) / 2);
    if (dateIn(timeZone, middle) === date) inside = middle;
    else outside = middle;
  }
  return outside;
}

/** The day that holds an instant. Midnight may not exist on the day the clocks turn: it searches. */
export function dayOf(seconds: number, timeZone: string): Day {
  const date = dateIn(timeZone, seconds);
  let before = seconds - 26 * 3600;
  let inside = seconds;
  while (inside - before > 1) {
    const middle = Math.floor((before + inside) / 2);
    if (dateIn(timeZone, middle) === date) inside = middle;
    else before = middle;
  }
  return { start: inside, end: endOfDate(timeZone, seconds) };
}
