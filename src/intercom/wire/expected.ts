import { type Outcome, silence } from "./answer";
import { isRecord } from "./json";

/** What a good answer holds: a list under this name, or else an id. */
export interface Expected {
  /** Where the list is, if a list is expected: `data`, `admins`, `data.articles` … */
  listedAs?: string;
  /** Whether one object with an id may come in place of the list. */
  mayBeOne?: boolean;
  /** Whether a good answer may be empty, or have neither list nor id. */
  mayBeEmpty?: boolean;
  /** Whether `null` is a good answer. Only Intercom gives it, and no proxy. */
  mayBeNull?: boolean;
  /** The only status of a good answer. For empty answers, which we can't check in another way. */
  status?: number;
  /** Values that a good answer must not contradict: `{ deleted: true }`. */
  says?: Record<string, boolean>;
}

/** Rejects a proxy's page, a cut answer and an answer of another form: they are not from Intercom. */
export function readAs(expected: Expected, outcome: Outcome): Outcome {
  if (outcome.kind !== "done") return outcome;
  const { data, headers, status } = outcome;
  if (expected.status !== undefined && status !== expected.status) {
    return silence(`the answer has the status ${status}, and not ${expected.status}`);
  }
  if (data === null && expected.mayBeNull) return outcome;
  if (data === undefined || data === null || data === "") {
    return expected.mayBeEmpty ? outcome : silence("the answer is empty");
  }
  if (typeof data !== "object") {
    return silence(`the answer is not JSON (${headers["content-type"]})`);
  }
  const fault = faultOf(data as Record<string, unknown>, expected);
  return fault ? silence(fault) : outcome;
}

/** What stands at a path of keys: `data.articles`. */
export const valueAt = (data: unknown, path: string): unknown =>
  path.split(".").reduce((value, key) => (isRecord(value) ? value[key] : undefined), data);

function faultOf(
  data: Record<string, unknown>,
  { listedAs, mayBeOne, mayBeEmpty, says = {} }: Expected,
): string | undefined {
  if (data.type === "error.list") {
    return "the answer is an error, although its status says done";
  }
  if (listedAs !== undefined && Array.isArray(valueAt(data, listedAs))) return undefined;
  const hasId = typeof data.id === "number" || (typeof data.id === "string" && data.id !== "");
  if (listedAs !== undefined) return mayBeOne && hasId ? undefined : "the answer is not a list";
  if (!hasId && !mayBeEmpty) return "the answer has no id";
  const denied = Object.keys(says).find((key) => data[key] === !says[key]);
  return denied && `the answer says "${denied}": ${data[denied]}`;
}
