export const byId = (a: { id: string }, b: { id: string }) =>
  a.id < b.id ? -1 : a.id > b.id ? 1 : 0;

interface Dated {
  id: string;
  createdAt: number;
}

/** The oldest first. */
export const byAge = (a: Dated, b: Dated) => a.createdAt - b.createdAt || byId(a, b);

/** A block that grows beyond this is cut in two. */
const longestBlock = 512;

/**
 * Rows kept in order while they come and go, so that no page of a list has to sort them. They stand in
 * blocks: to insert a row moves those of its block, and not all rows behind it.
 */
export class Ordered<Row> {
  /** None is empty. */
  #blocks: Row[][] = [];
  #size = 0;

  constructor(
    readonly compare: (a: Row, b: Row) => number,
    rows: Iterable<Row> = [],
  ) {
    const sorted = [...rows].sort(compare);
    this.#size = sorted.length;
    for (let from = 0; from < sorted.length; from += longestBlock) {
      this.#blocks.push(sorted.slice(from, from + longestBlock));
    }
  }

  get size(): number {
    return this.#size;
  }

  at(position: number): Row | undefined {
    return this.#from(position).next().value;
  }

  clear(): void {
    this.#blocks = [];
    this.#size = 0;
  }

  insert(row: Row): void {
    this.#size++;
    const last = this.#blocks.at(-1);
    if (!last || this.compare(last.at(-1) as Row, row) < 0) {
      if (last && last.length < longestBlock) last.push(row);
      else this.#blocks.push([row]);
      return;
    }
    const { block, within } = this.#placeOf((other) => this.compare(other, row) < 0);
    const rows = this.#blocks[block] as Row[];
    rows.splice(within, 0, row);
    if (rows.length <= longestBlock) return;
    this.#blocks.splice(block + 1, 0, rows.splice(longestBlock >>> 1));
  }

  /** The row must compare as it did when it was inserted. */
  remove(row: Row): void {
    const { block, within } = this.#placeOf((other) => this.compare(other, row) < 0);
    const rows = this.#blocks[block];
    if (rows?.[within] !== row) return;
    this.#size--;
    rows.splice(within, 1);
    if (rows.length === 0) this.#blocks.splice(block, 1);
  }

  /** How many rows stand before this one. */
  countBefore(row: Row): number {
    return this.countWhile((other) => this.compare(other, row) < 0);
  }

  /** How many rows the test holds for: those at the beginning, and none behind them. */
  countWhile(test: (row: Row) => boolean): number {
    const { block, within } = this.#placeOf(test);
    let count = within;
    for (let before = 0; before < block; before++) count += this.#blocks[before]?.length ?? 0;
    return count;
  }

  /** Where the test no longer holds: a block, and the place in the block. */
  #placeOf(test: (row: Row) => boolean): { block: number; within: number } {
    const block = countWhile(this.#blocks, (rows) => test(rows.at(-1) as Row));
    return { block, within: countWhile(this.#blocks[block] ?? [], test) };
  }

  slice(from: number, to: number, order: "ascending" | "descending"): Row[] {
    if (order === "descending") {
      return this.slice(this.#size - to, this.#size - from, "ascending").reverse();
    }
    const rows: Row[] = [];
    for (const row of this.#from(Math.max(from, 0))) {
      if (rows.length >= to - Math.max(from, 0)) break;
      rows.push(row);
    }
    return rows;
  }

  *#from(position: number): Generator<Row, undefined> {
    let left = position;
    for (const rows of this.#blocks) {
      for (; left < rows.length; left++) yield rows[left] as Row;
      left -= rows.length;
    }
  }

  *descending(): Generator<Row> {
    for (let block = this.#blocks.length - 1; block >= 0; block--) {
      const rows = this.#blocks[block] ?? [];
      for (let at = rows.length - 1; at >= 0; at--) yield rows[at] as Row;
    }
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.#from(0);
  }
}

/** How many items at the beginning of a list the test holds for; behind them it holds for none. */
function countWhile<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(items[middle] as Item)) low = middle + 1;
    else high = middle;
  }
  return low;
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

/**
 * Finds rows by their id or by a contact, as a search names these fields; undefined for another
 * field.
 */
export const byIdOrContact =
  <Row>(rows: ReadonlyMap<string, Row>, byContact: Groups<Row>) =>
  (field: string, value: string): Iterable<Row> | undefined => {
    if (field === "contact_ids") return byContact.get(value);
    const row = rows.get(value);
    return field === "id" ? (row ? [row] : []) : undefined;
  };
