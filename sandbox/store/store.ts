import type { Kept } from "./kept";
import type { Workspace } from "./workspace";

/** What a workspace holds: the values of each table by the table's name. */
export type SavedTables = Record<string, unknown[]>;

/** Rows of one kind, and the rules for changing them. */
export abstract class Store {
  /** What is saved. The names are those of the records in a data folder. */
  abstract readonly tables: Readonly<Record<string, Kept>>;
  /** What the search sees, for rows that can be searched. */
  readonly index?: { clear(): void };

  constructor(readonly workspace: Workspace) {}

  /** When the clock next changes a row by itself, in Unix seconds: the end of a snooze. */
  get nextDue(): number | undefined {
    return undefined;
  }

  /** Does what is due now. */
  doDue(_nowSeconds: number): void {}

  save(): SavedTables {
    const tables = Object.entries(this.tables).map(([name, table]) => [
      name,
      structuredClone(table.records().map(([, value]) => value)),
    ]);
    return Object.fromEntries(tables);
  }

  /** Replaces what was there; takes over what it is given, without a copy. */
  load(saved: Partial<SavedTables>): void {
    for (const [name, table] of Object.entries(this.tables)) table.load(saved[name] ?? []);
  }

  /** The number of records of each kind, as `/_sandbox/state` shows it. */
  count(): Record<string, number> {
    return {};
  }
}
