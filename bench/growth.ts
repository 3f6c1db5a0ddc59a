import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { runAction } from "../playground/component";
import { allContacts } from "./bareFetch";
import { type Figure, show } from "./figure";
import type { Memory } from "./growthProcess";
import { openSandbox, type Sandbox } from "./openSandbox";
import { compare, inRounds, type Measure, median, timed } from "./rounds";
import { count, rounded } from "./table";

const sizes = [1_000, 10_000, 100_000];
const rounds = 3;
const bytesPerMb = 1024 * 1024;

async function memoryOf({ url, token }: Sandbox, many: number): Promise<Memory> {
  const child = fork(join(import.meta.dirname, "growthProcess.ts"), [url, token, String(many)], {
    execArgv: [...process.execArgv, "--expose-gc"],
  });
  const failed = once(child, "exit").then(() => {
    throw new Error(`Fetch All of ${many} ended without a result.`);
  });
  const [memory] = (await Promise.race([once(child, "message"), failed])) as [Memory];
  return memory;
}

async function measure(): Promise<Figure> {
  const sandboxes = await Promise.all(sizes.map((contacts) => openSandbox({ contacts })));
  const contenders: Record<string, Measure> = {};
  const memories: Memory[] = [];
  for (const [index, sandbox] of sandboxes.entries()) {
    const many = sizes[index] ?? 0;
    memories.push(await memoryOf(sandbox, many));
    contenders[`ours ${many}`] = timed(() =>
      runAction("listContacts", { fetchAll: "true" }, sandbox.connection, () => undefined),
    );
    contenders[`bare ${many}`] = timed(() => allContacts(sandbox));
  }
  const times = await inRounds(rounds, contenders);
  const some = await allContacts(sandboxes[0] as Sandbox);
  for (const sandbox of sandboxes) sandbox.close();

  const results = sizes.map((many, index) => {
    const { result, peak } = memories[index] as Memory;
    const ours = times[`ours ${many}`] ?? [];
    return {
      many,
      ms: median(ours),
      againstBare: compare(ours, times[`bare ${many}`] ?? []).ratio,
      result,
      peak,
    };
  });
  type Result = (typeof results)[number];
  const [first, last] = [results[0], results.at(-1)] as [Result, Result];
  const each = (value: (result: Result) => number, result: Result) =>
    value(result) / result.many / (value(first) / first.many);

  return {
    title: "Growth",
    meaning: `*Fetch All* of ${sizes.map(count).join(" / ")} contacts, without latency. We measure the time in turn with bare fetch of the same pages, median of ${rounds} rounds. We measure memory in a process of its own: live memory after a forced garbage collection, minus live memory before the fetch. We sample about forty times during the fetch, and once at its end with the result held. "Each" is one contact's share, divided by that of the first line: 1.00 is linear.`,
    summary: [
      {
        measured: `Memory during *Fetch All* of ${count(last.many)} contacts`,
        ratio: last.peak / last.result,
        against: "the result itself",
        bar: "at most 1.50",
      },
      {
        measured: `Memory for each contact, at ${count(last.many)}`,
        ratio: each(({ peak }) => peak, last),
        against: `each at ${count(first.many)}`,
      },
      {
        measured: `Time for each contact, at ${count(last.many)}`,
        ratio: each(({ ms }) => ms, last),
        against: `each at ${count(first.many)}`,
      },
    ],
    tables: [
      {
        table: {
          head: [
            "Contacts",
            "Time, ms",
            "Time / bare fetch",
            "Time, each",
            "Result, MB",
            "Most live, MB",
            "Most / result",
            "Memory, each",
          ],
          rows: results.map((result) => [
            count(result.many),
            rounded(result.ms),
            rounded(result.againstBare),
            rounded(each(({ ms }) => ms, result)),
            rounded(result.result / bytesPerMb),
            rounded(result.peak / bytesPerMb),
            rounded(result.peak / result.result),
            rounded(each(({ peak }) => peak, result)),
          ]),
        },
      },
    ],
    caveats: [
      "A process also holds garbage that is not yet collected. The garbage collector decides how much, depending on the memory that the process gets.",
      "Between two samples, the component copies the pages into the list that it returns. That copies references, a few bytes for each contact.",
      `The sandbox's contacts are small and all alike: ${rounded(JSON.stringify(some).length / some.length / 1024)} KB of JSON each. The platform's own work with a result, such as writing it as JSON, comes on top and is unknown.`,
    ],
  };
}

void show(measure());
