import { inspect } from "node:util";
import { isConnectionError } from "@prismatic-io/spectral";
import { expect } from "vitest";
import { IntercomError } from "../../src/intercom/wire/errors";
import type { Inputs, Workbench } from "../stage/workbench";

/** Values that something may have: more than one if an error left it open. */
export type Belief<Value> = Set<Value>;

/** What all workers of a storm did and believe. */
export interface Report {
  done: number;
  failed: number;
  /** Every error, as somebody may come to see it. */
  emitted: string[];
  /** Run after the storm: each holds a belief against the sandbox's state. */
  checks: (() => void)[];
}

export const openReport = (): Report => ({ done: 0, failed: 0, emitted: [], checks: [] });

const mayBeDone = (error: Error) =>
  error.message.includes("Intercom may have done it nevertheless");

/** Runs actions in a storm, and keeps what must be true afterwards. */
export function createActor({ run }: Workbench, report: Report) {
  /** Runs an action; an error must be one that was meant for the caller. */
  async function act<Data>(key: string, inputs: Inputs): Promise<Data | Error> {
    try {
      const data = await run<Data>(key, inputs);
      report.done += 1;
      return data;
    } catch (error) {
      report.failed += 1;
      report.emitted.push(inspect(error, { depth: 9 }), JSON.stringify(error));
      if (!(error instanceof IntercomError) && !isConnectionError(error)) throw error;
      return error as Error;
    }
  }

  /** Afterwards, the actual value must be one that is believed. */
  function believe<Value>(what: string, belief: Belief<Value>, actual: () => Value): Belief<Value> {
    report.checks.push(() => expect(belief, what).toContain(actual()));
    return belief;
  }

  return {
    act,
    believe,

    /** Done: the value is so. Failed: it may be so, or as before. */
    change: async <Data, Value>(
      belief: Belief<Value>,
      value: Value,
      key: string,
      inputs: Inputs,
    ): Promise<Data | Error> => {
      const result = await act<Data>(key, inputs);
      if (!(result instanceof Error)) belief.clear();
      belief.add(value);
      return result;
    },

    /** What can't be repeated exists once, or not, or the error says that it may exist. */
    make: async <Data>(
      what: string,
      count: () => number,
      key: string,
      inputs: Inputs,
    ): Promise<Data | Error> => {
      const result = await act<Data>(key, inputs);
      const isOpen = result instanceof Error && mayBeDone(result);
      const belief = result instanceof Error ? new Set(isOpen ? [0, 1] : [0]) : new Set([1]);
      believe(what, belief, count);
      return result;
    },
  };
}

export type Actor = ReturnType<typeof createActor>;

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
export function randomFrom(start: number) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
