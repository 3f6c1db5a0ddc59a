import { type ActionLogger, type Connection, testing } from "@prismatic-io/spectral";
import component from "../src/index";

/** An input as the designer shows it. */
export interface FormField {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  collection?: string;
  default?: unknown;
  comments?: string;
  example?: string;
  model?: { label: string; value: string }[];
}

/** An action or a trigger that a person can run. */
export interface Runnable {
  key: string;
  description: string;
  /** The inputs that a person fills in: all except the connection. */
  form: FormField[];
}

interface Declared {
  key: string;
  display: { description: string };
  inputs: unknown[];
}

const runnable = ({ key, display, inputs }: Declared): Runnable => ({
  key,
  description: display.description,
  form: (inputs as FormField[]).filter(({ type }) => type !== "connection"),
});

export const actions = Object.values(component.actions)
  .map(runnable)
  .sort((a, b) => (a.key < b.key ? -1 : 1));

export function triggerOf(key: string): Runnable {
  const trigger = component.triggers[key];
  if (!trigger) throw new Error(`There is no trigger "${key}".`);
  return runnable(trigger as Declared);
}

/** Whether the action changes nothing in the workspace. */
export function onlyReads(key: string, inputs: Record<string, unknown>): boolean {
  if (key === "rawRequest") return ["GET", "HEAD"].includes(String(inputs.method));
  return (component.actions[key] as { performSafety?: string }).performSafety === "SAFE";
}

const harness = testing.createHarness(component as never);

type OnLog = (line: string) => void;

function loggerTo(onLog: OnLog): ActionLogger {
  const write = (...words: unknown[]) => onLog(words.join(" "));
  return {
    metric: write,
    trace: write,
    debug: write,
    info: write,
    log: write,
    warn: write,
    error: write,
  };
}

/**
 * Runs an action as the platform does: form values in, `data` out. Each line logged goes to
 * `onLog`.
 */
export async function runAction(
  key: string,
  inputs: Record<string, unknown>,
  connection: Connection,
  onLog: OnLog,
): Promise<unknown> {
  const context = { logger: loggerTo(onLog) };
  const result = await harness.action(key, { connection, ...inputs }, context);
  return (result as { data: unknown }).data;
}

/** An incoming HTTP request. */
export interface Arrival {
  headers: Record<string, string>;
  body: Buffer;
}

export interface Triggered {
  /** The flow's data; `null` if the flow does not start. */
  data: unknown;
  branch?: string;
  response?: { statusCode: number; body?: unknown };
}

/**
 * Installs a trigger, with the state that the platform keeps between an instance's runs. A polling
 * trigger runs without a request, a webhook with the incoming request.
 */
export function installTrigger(
  key: string,
  inputs: Record<string, unknown>,
  connection: Connection,
  onLog: OnLog,
) {
  const instanceState: Record<string, unknown> = {};
  return async (arrival?: Arrival): Promise<Triggered> => {
    const payload = arrival && {
      headers: arrival.headers,
      rawBody: { data: arrival.body },
      body: { data: arrival.body.toString() },
    };
    const context = { logger: loggerTo(onLog), instanceState };
    const result = (await harness.trigger(
      key,
      payload as never,
      { connection, ...inputs },
      context as never,
    )) as unknown as Triggered & {
      payload: { body?: { data?: unknown } };
      instanceState?: Record<string, unknown>;
    };
    Object.assign(instanceState, result.instanceState);
    return { data: result.payload.body?.data, branch: result.branch, response: result.response };
  };
}
