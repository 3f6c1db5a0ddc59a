import type { Fault, FaultTarget } from "./fault";
import { createStorm, type Storm } from "./storm";

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
