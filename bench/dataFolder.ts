import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ask, type Item } from "./bareFetch";
import { type Figure, show } from "./figure";
import { openSandbox, type Sandbox } from "./openSandbox";
import { compare, inRounds, median, timed } from "./rounds";
import { count, rounded, spread } from "./table";

const contacts = 100_000;
const rounds = 600;

const requests = {
  "`GET /me`": (sandbox: Sandbox) => ask(sandbox, "GET", "/me"),
  "`PUT /contacts/:id`": (sandbox: Sandbox, id: string) =>
    ask(sandbox, "PUT", `/contacts/${id}`, { name: "Ada" }),
};

async function measureIn(data: string): Promise<Figure> {
  const filled = await openSandbox({ contacts, data });
  // The sandbox answers when it has written all its records.
  await ask(filled, "GET", "/me");
  await filled.close();
  const [without, kept] = [await openSandbox({ contacts }), await openSandbox({ data })];
  const { data: newest } = await ask<{ data: Item[] }>(kept, "GET", "/contacts?per_page=1");
  const id = newest[0]?.id ?? "";

  const measured = [];
  for (const [request, send] of Object.entries(requests)) {
    const times = await inRounds(rounds, {
      without: timed(() => send(without, id)),
      kept: timed(() => send(kept, id)),
    });
    const { ratio, middleHalf } = compare(times.kept, times.without);
    const ms = [median(times.without), median(times.kept)];
    measured.push({ request, ms, ratio, middleHalf });
  }
  await Promise.all([without.close(), kept.close()]);

  return {
    title: "The sandbox with a data folder",
    meaning: `\`npm run sandbox -- --data FOLDER\` with ${count(contacts)} contacts, against a sandbox with the same contacts and no folder. ${count(rounds)} rounds of each request, medians. We restarted the sandbox with the folder: the start took ${rounded(kept.startMs / 1000)} s, which is the time to read the contacts.`,
    summary: measured.map(({ request, ratio }, at) => ({
      measured: `Time of ${request} with a data folder, ${count(contacts)} contacts`,
      ratio,
      against: "without the folder",
      ...(at === 0 && { bar: "at most 1.20" }),
    })),
    tables: [
      {
        table: {
          head: ["", "Without, ms", "With, ms", "With / without", "Middle half of the rounds"],
          rows: measured.map(({ request, ms, ratio, middleHalf }) => [
            request,
            ...ms.map(rounded),
            rounded(ratio),
            spread(middleHalf),
          ]),
        },
      },
    ],
    caveats: [
      "A write has reached the operating system, but perhaps not the disk. A crash of the sandbox loses nothing, and a power cut may lose writes.",
      "The cost of a write grows with the number of changed records. A reset, or removing a tag from all contacts, writes all of them.",
    ],
  };
}

async function measure(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
  try {
    return await measureIn(join(folder, "data"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void show(measure());
