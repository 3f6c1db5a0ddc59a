import { runAction } from "../playground/component";
import { connectionTo } from "./openSandbox";

/** The memory of one *Fetch All*, in bytes above what the process used before. */
export interface Memory {
  /** The live memory after the run, with the result. */
  result: number;
  /** The largest live memory of all samples. */
  peak: number;
}

const samples = 40;

/** The live memory after a garbage collection; needs `--expose-gc`. */
function alive(): number {
  globalThis.gc?.();
  // The collector frees buffers in the background; the second collection waits for that.
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main(url: string, token: string, many: number) {
  const connection = connectionTo(url, token);
  // A first run makes what is made only once, such as compiled code. That is not part of a fetch.
  await runAction("listContacts", { perPage: "150" }, connection, () => undefined);
  const before = alive();
  let peak = 0;
  let sampledAt = 0;
  const sample = (line: string) => {
    const read = Number(/^Read (\d+)/.exec(line)?.[1]);
    if (!(read >= sampledAt + many / samples || read === many)) return;
    sampledAt = read;
    peak = Math.max(peak, alive());
  };
  const result = await runAction("listContacts", { fetchAll: "true" }, connection, sample);
  const after = alive();
  const { length } = (result as { data: unknown[] }).data;
  if (length !== many || sampledAt !== many)
    throw new Error(`Fetch All read ${length} of ${many} records.`);
  const memory: Memory = { result: after - before, peak: Math.max(peak, after) - before };
  process.send?.(memory);
}

const [url = "", token = "", many] = process.argv.slice(2);
void main(url, token, Number(many)).then(() => process.disconnect());
