/** Hides secrets in what a run shows: its errors, its log and its labels. */
export interface Redaction {
  /** The text with its secrets hidden, cut where it is longer than `most`. */
  text(text: string, most?: number): string;
  /**
   * A value that JSON can hold, with every text and every key in it redacted and cut in the same
   * way.
   */
  value<Value>(value: Value, most?: number): Value;
}

/** Redact first: a cut through a secret would leave a part of it, which no search finds. */
export const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/**
 * We do not search a text for a shorter secret: that would spoil sentences, and the gaps would reveal
 * the secret. Intercom's tokens have 60 characters, its client secrets 36.
 */
const shortestSearched = 8;
const hidden = "[secret]";
/** How many encodings may be nested: JSON in a URL in JSON is three. */
const mostWritings = 5;
/** The most characters that encode one character of a secret, as in `%25255Cu003d`. */
const longestWriting = 20;
const mostLevels = 50;

/**
 * Finds secrets as they are, in base64, and encoded as in URLs, HTML and JSON. Upper and lower case
 * are the same, because host names become lower case. The search takes time in proportion to the
 * length of the text.
 */
export function redaction(secrets: string[]): Redaction {
  const long = secrets.filter((secret) => secret.length >= shortestSearched);
  const short = new Set(secrets.filter((secret) => secret && secret.length < shortestSearched));
  const forms = [...new Set(long.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(forms.map(escapeForRegExp).join("|") || "(?!)", "gi");
  const reach = longestWriting * Math.max(0, ...long.map(({ length }) => length));

  function redactWhole(text: string): string {
    if (short.has(text.trim())) return hidden;
    let redacted = text.replace(pattern, hidden);
    let plain = redacted;
    for (let times = 0; times < mostWritings; times += 1) {
      const plainer = withoutEscapes(plain);
      if (plainer === plain) break;
      plain = plainer.replace(pattern, hidden);
      // A text that holds an encoded secret is shown decoded, with the secret hidden.
      if (plain !== plainer) redacted = plain;
    }
    return redacted;
  }

  function text(text: string, most = text.length): string {
    // Twice the reach, because a secret may cross the end of the part that we search.
    const looked = text.slice(0, most + 2 * reach);
    const redacted = redactWhole(looked);
    if (looked === text) return cut(redacted, most);
    return cut(`${redacted.slice(0, Math.max(0, redacted.length - reach))}…`, most);
  }

  function ofValue(value: unknown, most: number | undefined, levels: number): unknown {
    if (typeof value === "string") return text(value, most);
    if (typeof value !== "object" || value === null) return value;
    if (levels === 0) return undefined;
    const ofEach = (each: unknown) => ofValue(each, most, levels - 1);
    if (Array.isArray(value)) return value.map(ofEach);
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, each]) => [text(key, most), ofEach(each)]));
  }

  return {
    text,
    value: <Value>(value: Value, most?: number) => ofValue(value, most, mostLevels) as Value,
  };
}

function formsOf(secret: string): string[] {
  return [
    secret,
    // A form's field writes a blank as + (URL Standard, application/x-www-form-urlencoded).
    secret.replaceAll(" ", "+"),
    // A character beyond ASCII becomes several bytes.
    encodeURIComponent(secret.toWellFormed()),
    Buffer.from(secret).join(","),
    ...[0, 1, 2].flatMap((offset) => inBase64(secret, offset)),
  ];
}

/** The base64 characters that encode only the secret, where it begins at that byte of three. */
function inBase64(secret: string, offset: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const firstOwn = Math.ceil((offset * 8) / 6);
  const afterOwn = Math.floor((bytes.length * 8) / 6);
  const own = bytes.toString("base64").slice(firstOwn, afterOwn);
  return [own, own.replaceAll("+", "-").replaceAll("/", "_")];
}

const escapeForRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

const entities: Record<string, string> = {
  amp: "&",
  apos: "'",
  colon: ":",
  equals: "=",
  gt: ">",
  hyphen: "-",
  lowbar: "_",
  lt: "<",
  period: ".",
  plus: "+",
  quot: '"',
  sol: "/",
};

const escaped =
  /%([0-9a-f]{2})|&#(\d{1,7});?|&#x([0-9a-f]{1,6});?|&([a-z]{2,6});|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\(["'\\/])/gi;

/** Decodes one layer of URL, HTML or JSON, except control characters. */
const withoutEscapes = (text: string): string =>
  text.replace(escaped, (found, ...groups: (string | undefined)[]) => {
    const [percent, decimal, hexadecimal, name, long, braced, short, same] = groups;
    if (same) return same;
    if (name) return entities[name.toLowerCase()] ?? found;
    const code = decimal
      ? Number(decimal)
      : Number.parseInt(percent ?? hexadecimal ?? long ?? braced ?? short ?? "", 16);
    const isShown = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0x10ffff);
    return isShown ? String.fromCodePoint(code) : found;
  });
