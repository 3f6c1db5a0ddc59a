import component from "../src/index";
import { connectionTo } from "./openSandbox";

/** What one initial sync gave. */
export interface Synced {
  lost: number;
  doubled: number;
  /** The largest live memory of all samples, in bytes above what the process used before. */
  peak: number;
  /** The most bytes of cursor and state, as JSON. */
  kept: number;
  ms: number;
}

interface Page {
  payload: { body: { data: { id: string }[] }; paginationState: object | null };
}

const samples = 40;
const quiet = () => undefined;
const logger = Object.fromEntries(
  ["metric", "trace", "debug", "info", "log", "warn", "error"].map((level) => [level, quiet]),
);

function alive(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main(url: string, many: number) {
  const perform = component.triggers.batchChangesTrigger?.onDeployPerform;
  if (!perform) throw new Error("The trigger has no initial sync.");
  const params = { connection: connectionTo(url, "token"), resourceType: "contacts" };
  let kept = "{}";
  const readPage = async () => {
    const { instanceState = {}, paginationState } = JSON.parse(kept);
    const context = { logger, instanceState };
    const page = (await perform(
      context as never,
      { paginationState } as never,
      params,
    )) as never as Page;
    const cursor = page.payload.paginationState;
    kept = JSON.stringify({ instanceState, paginationState: cursor ?? undefined });
    return { ids: page.payload.body.data.map(({ id }) => Number(id)), page, isLast: !cursor };
  };
  // A first page makes what is made only once, such as compiled code.
  await readPage();
  kept = "{}";
  /** How often each contact came. */
  const seen = new Uint8Array(many);
  const before = alive();
  const startedAt = performance.now();
  let [peak, mostKept, count, sampledAt] = [0, 0, 0, 0];
  for (let isLast = false; !isLast; ) {
    const read = await readPage();
    isLast = read.isLast;
    for (const id of read.ids) seen[id] = (seen[id] ?? 0) + 1;
    count += read.ids.length;
    mostKept = Math.max(mostKept, kept.length);
    if (count < sampledAt + many / samples && !isLast) continue;
    sampledAt = count;
    peak = Math.max(peak, alive() - before);
    if (read.page.payload.body.data.length === 0) throw new Error("A page is empty.");
  }
  const synced: Synced = {
    lost: seen.filter((times) => times === 0).length,
    doubled: seen.filter((times) => times > 1).length,
    peak,
    kept: mostKept,
    ms: performance.now() - startedAt,
  };
  process.send?.(synced, () => process.exit());
}

void main(process.argv[2] ?? "", Number(process.argv[3]));
