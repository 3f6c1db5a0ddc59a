/**
 * Rows by their ids, in the order of their making. While somebody keeps them elsewhere, a table
 * notes which rows changed: a row that was changed in place is set again.
 */
export class Table<Row> extends Map<string, Row> {
  #changed: Set<string> | undefined;
  #onChange: (() => void) | undefined;

  override set(id: string, row: Row): this {
    this.#note(id);
    return super.set(id, row);
  }

  override delete(id: string): boolean {
    this.#note(id);
    return super.delete(id);
  }

  override clear(): void {
    for (const id of this.keys()) this.#note(id);
    super.clear();
  }

  /** Notes changes from now on, and calls `onChange` with the first of those not yet taken. */
  watch(onChange: () => void): void {
    this.#changed = new Set();
    this.#onChange = onChange;
  }

  unwatch(): void {
    this.#changed = undefined;
  }

  get hasChanges(): boolean {
    return this.#changed !== undefined && this.#changed.size > 0;
  }

  /** The rows that changed since the last call; `undefined` stands for one that is gone. */
  takeChanges(): [id: string, row: Row | undefined][] {
    const changes = [...(this.#changed ?? [])].map((id) => [id, this.get(id)] as [string, Row]);
    this.#changed?.clear();
    return changes;
  }

  #note(id: string): void {
    if (!this.#changed) return;
    this.#changed.add(id);
    if (this.#changed.size === 1) this.#onChange?.();
  }
}
