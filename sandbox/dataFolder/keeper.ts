import type { Kept } from "../store/kept";
import type { TableName, Workspace } from "../store/workspace";
import { DataFolder, type RecordWrite, unusable } from "./folder";

/** Keeps a workspace in a folder: what changed is written before anybody gets an answer. */
export class Keeper {
  /** The batch on its way. */
  #writing: Promise<void> | undefined;
  /** The batch after that, which takes along all that changes until then. */
  #waiting: Promise<void> | undefined;
  #isOver = false;
  readonly #tables: [TableName, Kept][];

  private constructor(
    workspace: Workspace,
    readonly folder: DataFolder,
    readonly warn: (sentence: string) => void,
  ) {
    const tables = workspace.stores.flatMap((store) => Object.entries(store.tables));
    this.#tables = tables as [TableName, Kept][];
  }

  /** Loads what the folder holds into the workspace, or begins with what the workspace holds. */
  static async open(
    workspace: Workspace,
    path: string,
    warn: (sentence: string) => void,
  ): Promise<Keeper> {
    const folder = await DataFolder.open(path);
    try {
      const keeper = new Keeper(workspace, folder, warn);
      await keeper.#begin(workspace);
      return keeper;
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  async #begin(workspace: Workspace): Promise<void> {
    const state = await this.folder.read();
    if (state) workspace.load(state);
    else {
      await this.folder.write(this.#writes((table) => table.records())).catch(({ message }) => {
        throw unusable(this.folder.path, message);
      });
    }
    // What changes outside of a request, such as an attempt to notify, is written soon after.
    const soon = () => setImmediate(() => void this.written());
    for (const [, table] of this.#tables) table.watch(soon);
  }

  /** Resolves when all that changed until now is written: at once where nothing did. */
  written(): Promise<void> | undefined {
    if (!this.#isOver && this.#tables.some(([, table]) => table.hasChanges)) {
      this.#waiting ??= this.#next();
    }
    return this.#waiting ?? this.#writing;
  }

  async #next(): Promise<void> {
    await this.#writing;
    this.#waiting = undefined;
    this.#writing = this.#write();
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      await this.folder.write(this.#writes((table) => table.takeChanges()));
    } catch (error) {
      this.#stop();
      // A close may fail on the same disk, and nothing can be done about it.
      await this.folder.close().catch(() => {});
      this.warn(
        `The data folder ${this.folder.path} can't be written any more (${(error as Error).message}): the sandbox goes on in memory, and what changes from now on is lost when it ends.`,
      );
    } finally {
      this.#writing = undefined;
    }
  }

  #writes(recordsOf: (table: Kept) => [key: string, value: unknown][]): RecordWrite[] {
    return this.#tables.flatMap(([name, table]) =>
      recordsOf(table).map(([key, value]) => ({ table: name, key, value })),
    );
  }

  #stop(): void {
    this.#isOver = true;
    for (const [, table] of this.#tables) table.unwatch();
  }

  async close(): Promise<void> {
    await this.written();
    if (this.#isOver) return;
    this.#stop();
    await this.folder.close();
  }
}
