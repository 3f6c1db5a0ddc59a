import { createHash } from "node:crypto";
import { readChecked, wholeNumber } from "../checks";
import type { FaultEffect } from "./fault";

/** Faults without an aim: they strike a share of all requests. */
export interface Storm {
  /** The same seed strikes the same requests with the same faults. */
  seed: number;
  /** From 0 to 1. */
  share: number;
}

const share = {
  words: "a number from 0 to 1",
  isMet: (value: unknown) => typeof value === "number" && value >= 0 && value <= 1,
};
const seed = wholeNumber(-(2 ** 53 - 1), 2 ** 53 - 1);

/** A storm that came from outside. */
export const readStorm = (given: unknown): Storm =>
  readChecked("a storm", given, { seed, share }, ["seed", "share"]);

type Draw = () => number;

const statuses = [408, 500, 502, 503, 504];

/** Every kind that passes. Whether the work was done before it failed is drawn as well. */
const kinds: ((draw: Draw) => FaultEffect)[] = [
  (draw) => ({ kind: "rateLimited", resetInSeconds: 1 + Math.floor(draw() * 9) }),
  () => ({ kind: "rateLimited" }),
  (draw) => ({
    kind: "status",
    status: statuses[Math.floor(draw() * statuses.length)] ?? 500,
    workDone: draw() < 0.5,
  }),
  (draw) => ({ kind: "closed", workDone: draw() < 0.5 }),
  () => ({ kind: "cut" }),
  (draw) => ({ kind: "hang", workDone: draw() < 0.5 }),
  (draw) => ({ kind: "html", status: draw() < 0.5 ? 200 : 502, workDone: draw() < 0.5 }),
  (draw) => ({ kind: "empty", workDone: draw() < 0.5 }),
  (draw) => ({ kind: "slow", delayMs: Math.floor(draw() * 2000) }),
];

/**
 * Draws by what the request is and how often it has come, and not by the order of all requests, so
 * that several at a time meet the same faults in every run.
 */
export function createStorm({ seed, share }: Storm) {
  const seen = new Map<string, number>();
  return (method: string, path: string): FaultEffect | undefined => {
    const request = `${method} ${path}`;
    const times = (seen.get(request) ?? 0) + 1;
    seen.set(request, times);
    const draw = drawFrom(`${seed} ${request} ${times}`);
    return draw() < share ? kinds[Math.floor(draw() * kinds.length)]?.(draw) : undefined;
  };
}

/** Numbers from 0 to 1 that follow from a text. */
function drawFrom(text: string): Draw {
  const bytes = createHash("sha256").update(text).digest();
  let position = 0;
  return () => {
    const value = bytes.readUInt32BE(position) / 2 ** 32;
    position = (position + 4) % bytes.length;
    return value;
  };
}
