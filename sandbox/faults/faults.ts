import { createStorm, type Storm } from "./storm";

/** What goes wrong. `workDone: true` does the work first and then fails to say so. */
export type FaultEffect =
  | {
      kind: "status";
      status: number;
      headers?: Record<string, string>;
      /** The whole body; else an error list of `code` and `message`. */
      body?: unknown;
      code?: string;
      message?: string;
      workDone?: boolean;
    }
  /** The connection ends before an answer. */
  | { kind: "closed"; workDone?: boolean }
  /** The work is done, and the connection ends in the middle of the answer. */
  | { kind: "cut" }
  /** An answer that never comes. */
  | { kind: "hang"; workDone?: boolean }
  /** A page of HTML, as from a proxy; 502 by default. */
  | { kind: "html"; status?: number; workDone?: boolean }
  /** Nothing in the body; 200 and the work done by default. */
  | { kind: "empty"; status?: number; workDone?: boolean }
  /** 429; without `resetInSeconds` no header says when it is over. */
  | { kind: "rateLimited"; resetInSeconds?: number }
  | { kind: "tokenRevoked" }
  | { kind: "slow"; delayMs: number };

/** Which requests a fault strikes. */
export interface FaultTarget {
  method?: string;
  /** Without the query. Exact, or a beginning and "*". Any path by default. */
  path?: string;
  /** How many requests it strikes; 1 by default, Infinity for all (over HTTP `"always"`). */
  times?: number;
  /** How many matching requests it lets through first. */
  skip?: number;
}

export type Fault = FaultTarget & FaultEffect;

interface Armed {
  fault: Fault;
  toSkip: number;
  left: number;
}

export class Faults {
  #armed: Armed[] = [];
  #storm: ReturnType<typeof createStorm> | undefined;

  add(fault: Fault): void {
    this.#armed.push({ fault, toSkip: fault.skip ?? 0, left: fault.times ?? 1 });
  }

  /** From now on faults strike a share of all requests, until `clear`. */
  storm(storm: Storm): void {
    this.#storm = createStorm(storm);
  }

  clear(): void {
    this.#armed = [];
    this.#storm = undefined;
  }

  /** Those that have not struck as often as they should. */
  get pending(): Fault[] {
    return this.#armed.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The fault for this request, if any: the first added one that matches, or else the storm's. */
  take(method: string, path: string): Fault | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.fault, method, path)) continue;
      if (armed.toSkip > 0) {
        armed.toSkip--;
        continue;
      }
      armed.left--;
      if (armed.left <= 0) this.#armed = this.#armed.filter((other) => other !== armed);
      return armed.fault;
    }
    return this.#storm?.(method, path);
  }
}

function matches(target: FaultTarget, method: string, path: string): boolean {
  if (target.method && target.method.toUpperCase() !== method) return false;
  if (!target.path) return true;
  return target.path.endsWith("*")
    ? path.startsWith(target.path.slice(0, -1))
    : path === target.path;
}
