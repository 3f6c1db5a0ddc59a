import { byId, Ordered } from "./ordered";

interface Deadline {
  id: string;
  at: number;
}

/** The time at which each row is due, by the sandbox's clock; the earliest first. */
export class Deadlines {
  #ordered = new Ordered<Deadline>((a, b) => a.at - b.at || byId(a, b));
  #byId = new Map<string, Deadline>();

  /** @param at Unix seconds; `null` if the row is not due any more. */
  set(id: string, at: number | null): void {
    const before = this.#byId.get(id);
    if (before?.at === at) return;
    if (before) this.#ordered.remove(before);
    this.#byId.delete(id);
    if (at === null) return;
    const deadline = { id, at };
    this.#byId.set(id, deadline);
    this.#ordered.insert(deadline);
  }

  get next(): Deadline | undefined {
    return this.#ordered.at(0);
  }

  clear(): void {
    this.#ordered.clear();
    this.#byId.clear();
  }
}
