import { testing } from "@prismatic-io/spectral";
import { triggerPayload } from "../../src/examples/triggerPayload";
import component from "../../src/index";
import { type Inputs, loggerInto, type Workbench } from "./workbench";

interface Page {
  payload: { body: { data: unknown[] }; paginationState?: object | null };
  resultType: string;
}

export interface Run<Record> {
  /** The records of each page. A page is an invocation of its own. */
  pages: Record[][];
  items: Record[];
  resultType?: string;
  error?: Error;
}

interface Options {
  connection?: Workbench["connection"];
  built?: unknown;
  /** Called after each page, with its number from 1. */
  between?: (page: number) => unknown;
}

const key = "batchChangesTrigger";
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/**
 * Runs the batched trigger as the platform does: page after page. Only the cursor and the state stay
 * between two pages, both as JSON.
 */
export function batchesOf(bench: Workbench, { built = component, ...options }: Options = {}) {
  const harness = testing.createHarness(built as never);
  const triggers = (built as typeof component).triggers;
  const logger = loggerInto(bench.log);
  let state: Record<string, unknown> = bench.instanceState;

  async function invoke(isFirstSync: boolean, paginationState: unknown, inputs: Inputs) {
    const instanceState = copied(state);
    const context = { logger, instanceState } as never;
    const payload = { ...triggerPayload(null), paginationState } as never;
    const given = { connection: options.connection ?? bench.connection, ...inputs };
    const result = isFirstSync
      ? await triggers[key]?.onDeployPerform?.(context, payload, given)
      : await harness.trigger(key, payload, given, context);
    state = copied(instanceState);
    return copied(result as never as Page);
  }

  async function run<Record>(isFirstSync: boolean, inputs: Inputs): Promise<Run<Record>> {
    const pages: Record[][] = [];
    let resultType: string | undefined;
    let cursor: object | null | undefined;
    do {
      const page = await invoke(isFirstSync, cursor ?? undefined, inputs).catch(
        (error: Error) => error,
      );
      if (page instanceof Error) return { pages, items: pages.flat(), error: page };
      resultType ??= page.resultType;
      pages.push(page.payload.body.data as Record[]);
      cursor = page.payload.paginationState;
      await options.between?.(pages.length);
    } while (cursor);
    return { pages, items: pages.flat(), resultType };
  }

  return {
    /** A poll, with all its pages. */
    poll: <Record>(inputs: Inputs) => run<Record>(false, inputs),
    /** The initial sync, with all its pages. */
    sync: <Record>(inputs: Inputs) => run<Record>(true, inputs),
    state: () => state,
    forget: () => {
      state = {};
    },
  };
}
