/**
 * What the search sees. A write shows there only after the lag; until then the search still finds
 * the row as it was (OpenAPI 2.16, SearchContacts, "Contact Creation Delay").
 */
export class SearchIndex<Row extends { id: string }> {
  /** For rows written lately: what was there before, and until when it is still shown. */
  #earlier = new Map<string, { untilMs: number; row: Row | undefined }[]>();

  /** Call before a row changes, with the row as it is; with `undefined` before it is made. */
  beforeWrite(id: string, row: Row | undefined, nowMs: number, lagMs: number): void {
    if (lagMs <= 0) return;
    const views = this.#earlier.get(id) ?? [];
    views.push({ untilMs: nowMs + lagMs, row: row && { ...row } });
    this.#earlier.set(id, views);
  }

  viewOf(row: Row, nowMs: number): Row | undefined {
    const views = this.#earlier.get(row.id);
    if (!views) return row;
    while (views[0] && views[0].untilMs <= nowMs) views.shift();
    const oldest = views[0];
    if (oldest) return oldest.row;
    this.#earlier.delete(row.id);
    return row;
  }

  clear(): void {
    this.#earlier.clear();
  }
}
