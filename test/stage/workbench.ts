import { type Connection, type JSONForm, testing } from "@prismatic-io/spectral";
import { onTestFinished, vi } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";
import component from "../../src/index";

export type Inputs = Record<string, unknown>;

export interface Polled<Record> {
  created: Record[];
  updated: Record[];
  resultType: "completed" | "polled_no_changes";
}

export interface Workbench {
  sandbox: Sandbox;
  /** What the actions logged, a line each: `warn Intercom accepts no more …`. */
  log: string[];
  connection: Connection;
  /** The state that the platform keeps for an instance between runs. */
  instanceState: Record<string, unknown>;
  /** Runs an action as the platform does: raw form values in, `data` out. */
  run<Data = never>(key: string, inputs?: Inputs): Promise<Data>;
  /** Polls a trigger as the platform does on its schedule, and keeps the state for the next poll. */
  poll<Record = never>(key: string, inputs?: Inputs): Promise<Polled<Record>>;
  readDataSource(key: string, inputs?: Inputs): Promise<unknown>;
  /** The entries of a list to pick from. */
  pick(key: string, inputs?: Inputs): Promise<{ key: string; label: string }[]>;
  /** The form that a data source makes. */
  form(key: string, inputs?: Inputs): Promise<JSONForm>;
  /** The error of an action that refuses or fails. */
  refusal(key: string, inputs?: Inputs): Promise<Error>;
  /** `GET /tags`, one for each request since the last call of `clear`. */
  sent(): string[];
}

/** A logger that keeps its lines: `warn Intercom accepts no more …`. */
export function loggerInto(log: string[]) {
  const keep =
    (level: string) =>
    (...words: unknown[]) => {
      log.push(`${level} ${words.join(" ")}`);
    };
  return Object.fromEntries(levels.map((level) => [level, keep(level)]));
}

const levels = ["metric", "trace", "debug", "info", "log", "warn", "error"] as const;

/** A connection with an access token, as an action gets it from the platform. */
export const tokenConnection = (
  { url, token }: Pick<Sandbox, "url" | "token">,
  fields: Record<string, unknown> = {},
): Connection => ({
  key: "intercomAccesssToken",
  configVarKey: "Intercom connection",
  fields: { accessToken: token, baseUrl: url, region: "", apiVersion: "2.11", ...fields },
});

/** The component or its build, connected to a sandbox of its own that closes when the test ends. */
export async function openWorkbench(
  options: SandboxOptions = { seed: "empty" },
  fields: Record<string, unknown> = {},
  built: unknown = component,
): Promise<Workbench> {
  const sandbox = await startSandbox({ now: () => Date.now(), ...options });
  onTestFinished(() => sandbox.close());
  const harness = testing.createHarness(built as never);
  const log: string[] = [];
  const logger = loggerInto(log);
  const connection = tokenConnection(sandbox, fields);

  const run: Workbench["run"] = async (key, inputs = {}) => {
    const context = { logger } as never;
    const result = await harness.action(key, { connection, ...inputs }, context);
    return (result as { data: never }).data;
  };

  const readDataSource = async (key: string, inputs: Inputs = {}): Promise<never> => {
    const context = { logger } as never;
    const { result } = await harness.dataSource(key, { connection, ...inputs }, context);
    return result as never;
  };

  const instanceState: Workbench["instanceState"] = {};
  const poll: Workbench["poll"] = async (key, inputs = {}) => {
    const context = { logger, instanceState } as never;
    const result = await harness.trigger(key, undefined, { connection, ...inputs }, context);
    const { payload, resultType } = result as never as {
      payload: { body: { data: never } };
      resultType: Polled<never>["resultType"];
    };
    return { ...(payload.body.data as Polled<never>), resultType };
  };

  return {
    sandbox,
    log,
    connection,
    instanceState,
    run,
    readDataSource,
    pick: readDataSource,
    form: readDataSource,
    poll,
    refusal: (key, inputs) =>
      run(key, inputs).then(
        () => {
          throw new Error(`${key} went through, though it should have been refused`);
        },
        (error: Error) => error,
      ),
    sent: () => sandbox.requests.map(({ method, path }) => `${method} ${path}`),
  };
}

/** The length of each wait before a retry, in seconds. */
export const pausesOf = ({ log }: Pick<Workbench, "log">): number[] =>
  log.flatMap((line) => {
    const [, seconds] = /Waiting ([\d.]+) s\./.exec(line) ?? [];
    return seconds === undefined ? [] : [Number(seconds)];
  });

/** Stops this process's and the sandbox's clocks; returns a function that moves both on. */
export function holdClock(start: string): (seconds: number) => void {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(start) });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  return (seconds) => {
    vi.setSystemTime(Date.now() + seconds * 1000);
  };
}

const [leastStepMs, mostStepMs] = [250, 2000];

/**
 * Makes waiting cheap: timers and the date run some hundred times as fast, for one test. The
 * clock moves between turns of the event loop, so it never overtakes a request in the same process.
 * The clock takes longer steps while this process waits only for timers.
 */
export function runClockFast(): void {
  const realSetTimeout = globalThis.setTimeout;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  let isOver = false;
  let stepMs = leastStepMs;
  let before = performance.eventLoopUtilization();
  const tick = async () => {
    if (isOver) return;
    const { utilization } = performance.eventLoopUtilization(before);
    stepMs = utilization < 0.5 ? Math.min(stepMs * 2, mostStepMs) : leastStepMs;
    before = performance.eventLoopUtilization();
    await vi.advanceTimersByTimeAsync(stepMs);
    realSetTimeout(tick, 1);
  };
  void tick();
  onTestFinished(() => {
    isOver = true;
    vi.useRealTimers();
  });
}
