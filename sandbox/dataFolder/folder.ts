import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { ClassicLevel } from "classic-level";
import type { SavedState, TableName } from "../store/workspace";

/** A record that changed; a value of `undefined` stands for one that is gone. */
export interface RecordWrite {
  table: TableName;
  key: string;
  value: unknown;
}

/** Says whose folder it is. LevelDB leaves files alone that are not its own. */
const markerName = "intercom-sandbox.json";
const marker = `${JSON.stringify({ format: 3 })}\n`;

/**
 * A folder that keeps a workspace: a LevelDB with a record for each row. It is locked as long as
 * the process lives, and what is written is with the operating system, which outlives the process.
 */
export class DataFolder {
  readonly #inode: number | undefined;

  private constructor(
    readonly path: string,
    readonly database: ClassicLevel,
  ) {
    this.#inode = inodeOf(join(path, markerName));
  }

  /** Makes the folder where it is missing. Throws a sentence, and changes nothing of others. */
  static async open(path: string): Promise<DataFolder> {
    try {
      prepare(path);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw unusable(path, message);
    }
    // Loaded only here, because its binary can't be loaded on every machine.
    const { ClassicLevel } = await import("classic-level");
    const database = new ClassicLevel(path);
    try {
      await database.open();
    } catch (error) {
      const { code, message } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      if (code !== "LEVEL_LOCKED") throw unusable(path, message);
      throw new Error(
        `Another sandbox uses the data folder ${path}: end that sandbox, or name another folder.`,
      );
    }
    return new DataFolder(path, database);
  }

  /** What it holds; `undefined` where nothing was written yet. Throws a sentence on damage. */
  async read(): Promise<SavedState | undefined> {
    const { shapes } = await import("./shapes");
    const tables = Object.entries(shapes);
    const state: Record<string, unknown[]> = Object.fromEntries(tables.map(([name]) => [name, []]));
    const check = (problem: string | undefined, key: string) => {
      if (problem === undefined) return;
      throw new Error(
        `The data folder ${this.path} is damaged at ${key}: ${problem}. Put back a copy of the folder, or name another.`,
      );
    };
    for await (const [key, text] of this.database.iterator()) {
      const table = key.slice(0, key.indexOf("/"));
      check(Object.hasOwn(shapes, table) ? undefined : "the table is unknown", key);
      const value = parseJson(text);
      check(value === undefined ? "it is not JSON" : undefined, key);
      // The shape fills in the fields that older sandboxes did not know.
      const { data, error } = shapes[table as TableName].shape.safeParse(value);
      const [issue] = error?.issues ?? [];
      check(issue && [issue.path.join("."), issue.message].filter(Boolean).join(": "), key);
      state[table]?.push(data);
    }
    if (Object.values(state).every((values) => values.length === 0)) return undefined;
    for (const [name, { isOne }] of tables) {
      check(isOne && state[name]?.length === 0 ? "the record is missing" : undefined, `${name}/`);
    }
    return state as SavedState;
  }

  /** All of them or none. */
  async write(writes: RecordWrite[]): Promise<void> {
    // LevelDB goes on writing into files that were removed.
    if (inodeOf(join(this.path, markerName)) !== this.#inode) {
      throw new Error("somebody removed the folder");
    }
    await this.database.batch(
      writes.map(({ table, key: id, value }) => {
        // Padded, so that ids which count are read in their order.
        const key = `${table}/${id.padStart(12, "0")}`;
        return value === undefined
          ? { type: "del", key }
          : { type: "put", key, value: JSON.stringify(value) };
      }),
    );
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

export const unusable = (path: string, reason: string) =>
  new Error(`The data folder ${path} can't be used: ${reason}. Mend that, or name another.`);

/** Makes sure that the path is a sandbox's data folder, or makes it one. */
function prepare(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found && !found.isDirectory()) {
    const isOlder = /^\{"format":[12],/.test(beginningOf(path));
    throw new Error(
      isOlder
        ? `${path} holds the state of an older sandbox, which this one can't read: name a new folder.`
        : `${path} is not a folder: name a new folder, or the data folder of a sandbox.`,
    );
  }
  const file = join(path, markerName);
  const names = found ? readdirSync(path) : [];
  if (names.includes(markerName)) {
    const written = readFileSync(file, "utf8");
    if (written === marker) return;
    // A full disk or a crash cuts it short, before there is anything else.
    if (names.length > 1 || !marker.startsWith(written)) {
      throw new Error(
        `Another version of the sandbox wrote the data folder ${path}: name another.`,
      );
    }
  } else if (names.length > 0) {
    throw new Error(`${path} holds something else than a sandbox's data: name a new folder.`);
  }
  if (!found) mkdirSync(path);
  writeFileSync(file, marker);
}

function beginningOf(file: string): string {
  const bytes = Buffer.alloc(32);
  const opened = openSync(file, "r");
  try {
    return bytes.toString("latin1", 0, readSync(opened, bytes));
  } finally {
    closeSync(opened);
  }
}

const inodeOf = (file: string): number | undefined =>
  statSync(file, { throwIfNoEntry: false })?.ino;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
