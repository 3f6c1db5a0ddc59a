import { Ordered } from "./ordered";

/** What one search asks for. */
export interface Search<Row> {
  /** Two searches with the same key have the same answer. */
  key: string;
  matches(row: Row): boolean;
  compare(a: Row, b: Row): number;
}

/** The rows that a search may find. */
export interface Searchable<Row> {
  all: Iterable<Row>;
  /** Where the search asks for values that are indexed: the rows that have them now. */
  having?: Iterable<Row>;
  /** A row that may be found, by its id. */
  get(id: string): Row | undefined;
}

interface Answer<Row> extends Pick<Search<Row>, "matches"> {
  rows: Ordered<Row>;
}

/** Enough for a few walks at a time; each answer that is kept costs every write a little. */
const answersMax = 8;

/**
 * What the search sees. A write shows there only after the lag; until then the search still finds
 * the row as it was (OpenAPI 2.16, SearchContacts, "Contact Creation Delay").
 *
 * The first page of a search looks at every row, except where the search asks for an indexed value,
 * such as an e-mail address. The index keeps the answer and updates it with every write, so that a
 * later page costs no more than its own rows.
 */
export class SearchIndex<Row extends { id: string }> {
  /** For rows written lately: what was there before, and until when it is still shown. */
  #earlier = new Map<string, { untilMs: number; row: Row | undefined }[]>();
  /** When the next of them expires. */
  #expiresAtMs = Number.POSITIVE_INFINITY;
  /** The answers used last, the latest at the end. */
  #answers = new Map<string, Answer<Row>>();

  /** Call before a row changes, with the row as it is; with `undefined` before it is made. */
  beforeWrite(id: string, row: Row | undefined, nowMs: number, lagMs: number): void {
    if (lagMs > 0) {
      const views = this.#earlier.get(id) ?? [];
      views.push({ untilMs: nowMs + lagMs, row: row && { ...row } });
      this.#earlier.set(id, views);
      this.#expiresAtMs = Math.min(this.#expiresAtMs, nowMs + lagMs);
    }
    if (this.#earlier.has(id)) this.#answers.clear();
    else if (row) {
      for (const { matches, rows } of this.#answers.values()) if (matches(row)) rows.remove(row);
    }
  }

  /** Call when the row is written. */
  afterWrite(row: Row): void {
    for (const { matches, rows } of this.#answers.values()) if (matches(row)) rows.insert(row);
  }

  /** The rows that a search finds, in its order. */
  find(
    { key, matches, compare }: Search<Row>,
    searchable: Searchable<Row>,
    nowMs: number,
  ): Ordered<Row> {
    this.#dropExpired(nowMs);
    const answer = this.#answers.get(key) ?? {
      matches,
      rows: new Ordered(compare, this.#matching(this.#lookedAt(searchable), matches)),
    };
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= answersMax) break;
      this.#answers.delete(oldest);
    }
    return answer.rows;
  }

  #lookedAt({ all, having, get }: Searchable<Row>): Iterable<Row> {
    if (!having) return all;
    // A row written lately may have had the value before.
    const lately = [...this.#earlier.keys()].flatMap((id) => get(id) ?? []);
    return new Set([...having, ...lately]);
  }

  *#matching(rows: Iterable<Row>, matches: (row: Row) => boolean): Generator<Row> {
    for (const row of rows) {
      const views = this.#earlier.get(row.id);
      const view = views ? views[0]?.row : row;
      if (view && matches(view)) yield view;
    }
  }

  #dropExpired(nowMs: number): void {
    if (nowMs < this.#expiresAtMs) return;
    this.#answers.clear();
    this.#expiresAtMs = Number.POSITIVE_INFINITY;
    for (const [id, views] of this.#earlier) {
      const kept = views.filter(({ untilMs }) => untilMs > nowMs);
      for (const { untilMs } of kept) this.#expiresAtMs = Math.min(this.#expiresAtMs, untilMs);
      if (kept.length > 0) this.#earlier.set(id, kept);
      else this.#earlier.delete(id);
    }
  }

  clear(): void {
    this.#earlier.clear();
    this.#expiresAtMs = Number.POSITIVE_INFINITY;
    this.#answers.clear();
  }
}
