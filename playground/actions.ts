import { type ActionLogger, type Connection, testing } from "@prismatic-io/spectral";
import component from "../src/index";

/** An input as the platform shows it. */
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

export const actionKeys = Object.keys(component.actions).sort();

function actionOf(key: string) {
  const action = component.actions[key];
  if (!action) throw new Error(`There is no action "${key}".`);
  return action;
}

export const descriptionOf = (key: string): string => actionOf(key).display.description;

/** What a person fills in: all but the connection. */
export const formOf = (key: string): FormField[] =>
  (actionOf(key).inputs as FormField[]).filter(({ type }) => type !== "connection");

/** Whether running it changes nothing in the workspace. */
export function onlyReads(key: string, inputs: Record<string, unknown>): boolean {
  if (key === "rawRequest") return ["GET", "HEAD"].includes(String(inputs.method));
  return (actionOf(key) as { performSafety?: string }).performSafety === "SAFE";
}

const harness = testing.createHarness(component as never);

/** Runs an action as the platform does: form values in, `data` out. Each line logged goes to `onLog`. */
export async function runAction(
  key: string,
  inputs: Record<string, unknown>,
  connection: Connection,
  onLog: (line: string) => void,
): Promise<unknown> {
  const write = (...words: unknown[]) => onLog(words.join(" "));
  const logger: ActionLogger = {
    metric: write,
    trace: write,
    debug: write,
    info: write,
    log: write,
    warn: write,
    error: write,
  };
  const result = await harness.action(key, { connection, ...inputs }, { logger });
  return (result as { data: unknown }).data;
}
