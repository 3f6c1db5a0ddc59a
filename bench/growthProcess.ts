import { runAction } from "../playground/component";
import { connectionTo } from "./openSandbox";

/** What one *Fetch All* needs, in bytes over what the process had before. */
export interface Memory {
  /** What is alive once all is done and the result is held. */
  result: number;
  /** The most that was alive at once, as far as samples show. */
  peak: number;
}

const samples = 40;

/** Runs with `--expose-gc`: what is alive is what is left when all that is not is taken away. */
function alive(): number {
  globalThis.gc?.();
  // Buffers are taken away beside the collection; the next one waits for that.
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main(url: string, token: string, many: number) {
  const connection = connectionTo(url, token);
  // What is made once, such as compiled code, is no part of a fetch.
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
  if (length !== many || sampledAt !== many) throw new Error(`${length} of ${many} were read.`);
  const memory: Memory = { result: after - before, peak: Math.max(peak, after) - before };
  process.send?.(memory);
}

const [url = "", token = "", many] = process.argv.slice(2);
void main(url, token, Number(many)).then(() => process.disconnect());
