export const byId = (a: { id: string }, b: { id: string }) =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

interface Dated {
  id: string;
  createdAt: number;
}

/** The oldest first. */
export const byAge = (a: Dated, b: Dated) => a.createdAt - b.createdAt || byId(a, b);

/** Rows kept in order while they come and go, so that no page of a list has to sort them. */
export class Ordered<Row> {
  #rows: Row[];

  constructor(
    readonly compare: (a: Row, b: Row) => number,
    rows: Iterable<Row> = [],
  ) {
    this.#rows = [...rows].sort(compare);
  }

  get size(): number {
    return this.#rows.length;
  }

  at(position: number): Row | undefined {
    return this.#rows[position];
  }

  clear(): void {
    this.#rows = [];
  }

  insert(row: Row): void {
    const last = this.#rows.at(-1);
    if (last === undefined || this.compare(last, row) < 0) this.#rows.push(row);
    else this.#rows.splice(this.countBefore(row), 0, row);
  }

  /** The row must compare as it did when it was inserted. */
  remove(row: Row): void {
    const position = this.countBefore(row);
    if (this.#rows[position] === row) this.#rows.splice(position, 1);
  }

  /** How many rows stand before this one. */
  countBefore(row: Row): number {
    return this.countWhile((other) => this.compare(other, row) < 0);
  }

  /** How many rows the test holds for: those at the beginning, and none behind them. */
  countWhile(test: (row: Row) => boolean): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (test(this.#rows[middle] as Row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  slice(from: number, to: number, order: "ascending" | "descending"): Row[] {
    if (order === "ascending") return this.#rows.slice(from, to);
    const size = this.#rows.length;
    return this.#rows.slice(Math.max(size - to, 0), Math.max(size - from, 0)).reverse();
  }

  *descending(): Generator<Row> {
    for (let at = this.#rows.length - 1; at >= 0; at--) yield this.#rows[at] as Row;
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.#rows[Symbol.iterator]();
  }
}

/** Which rows carry a value that several may share: an e-mail address, a name. */
export class Groups<Row> {
  #rows = new Map<string, Set<Row>>();

  add(key: string | null, row: Row): void {
    if (key === null) return;
    const group = this.#rows.get(key);
    if (group) group.add(row);
    else this.#rows.set(key, new Set([row]));
  }

  remove(key: string | null, row: Row): void {
    if (key === null) return;
    const group = this.#rows.get(key);
    group?.delete(row);
    if (group?.size === 0) this.#rows.delete(key);
  }

  get(key: string): Iterable<Row> {
    return this.#rows.get(key) ?? [];
  }

  clear(): void {
    this.#rows.clear();
  }
}
