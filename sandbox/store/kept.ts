import type { Table } from "./table";

/** A part of the workspace as records by key, for whoever keeps the state elsewhere. */
export interface Kept {
  /** Every record; what a record holds must not be changed. */
  records(): [key: string, value: unknown][];
  /** Takes the place of all that was there. */
  load(values: unknown[]): void;
  /** Notes changes from now on. */
  watch(onChange: () => void): void;
  unwatch(): void;
  readonly hasChanges: boolean;
  /** The records that changed since the last call; `undefined` stands for one that is gone. */
  takeChanges(): [key: string, value: unknown][];
}

/** A record for each row: what is written costs as much as what changed. */
export const byRow = <Row>(rows: Table<Row>, load: (rows: Row[]) => void): Kept => ({
  records: () => [...rows],
  load: (values) => load(values as Row[]),
  watch: (onChange) => rows.watch(onChange),
  unwatch: () => rows.unwatch(),
  get hasChanges() {
    return rows.hasChanges;
  },
  takeChanges: () => rows.takeChanges(),
});

/** One record for something small. It is replaced when it changes, and never changed in place. */
export function whole<Owner, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
  blank: NoInfer<Owner[Name]>,
): Kept {
  let taken: { value: Owner[Name] } | undefined;
  const hasChanges = () => taken !== undefined && taken.value !== owner[name];
  const note = () => {
    taken = { value: owner[name] };
  };
  return {
    records: () => [["", owner[name]]],
    load([value]) {
      owner[name] = value === undefined ? structuredClone(blank) : (value as Owner[Name]);
    },
    watch: note,
    unwatch() {
      taken = undefined;
    },
    get hasChanges() {
      return hasChanges();
    },
    takeChanges() {
      if (!hasChanges()) return [];
      note();
      return [["", owner[name]]];
    },
  };
}
