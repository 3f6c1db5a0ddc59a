import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { manyContacts } from "../test/stage/manyContacts";
import { type Figure, show } from "./figure";
import type { Synced } from "./initialSyncProcess";
import { count, rounded } from "./table";

const sizes = [10_000, 100_000, 1_000_000];
const failEvery = 100;
const bytesPerMb = 1024 * 1024;

async function sync(many: number) {
  const { answer, asked, pages } = manyContacts({ count: many, failEvery });
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = fork(join(import.meta.dirname, "initialSyncProcess.ts"), [url, String(many)], {
    execArgv: [...process.execArgv, "--expose-gc"],
  });
  const failed = once(child, "exit").then(() => {
    throw new Error(`The initial sync of ${many} ended without a result.`);
  });
  const [synced] = (await Promise.race([once(child, "message"), failed])) as [Synced];
  server.closeAllConnections();
  server.close();
  return { many, pages, ...asked, ...synced };
}

async function measure(): Promise<Figure> {
  const results = [];
  for (const many of sizes) results.push(await sync(many));
  const [before, last] = [results.at(-2), results.at(-1)] as [
    (typeof results)[number],
    (typeof results)[number],
  ];
  return {
    title: "Initial sync",
    meaning: `The initial sync of *New and Updated Records (Batched)*, page by page, each page an invocation. Between two pages we keep the cursor and the state, both as JSON. A server makes each contact when a page needs it, and fails at every ${failEvery}th request: 500, 502, a closed connection or half an answer. We sample live memory after a forced garbage collection some forty times, with the page held.`,
    summary: [
      {
        measured: `Memory during the initial sync of ${count(last.many)} contacts`,
        ratio: last.peak / before.peak,
        against: `of ${count(before.many)}`,
        bar: "at most 1.50",
      },
      {
        measured: `Requests of that sync, without the ${last.failed} that failed`,
        ratio: (last.requests - last.failed) / last.pages,
        against: `⌈${count(last.many)} / 150⌉`,
        bar: "1.00",
      },
    ],
    tables: [
      {
        table: {
          head: [
            "Contacts",
            "Requests",
            "Of them failed",
            "⌈N / 150⌉",
            "Lost",
            "Doubled",
            "Most live, MB",
            "Cursor and state, bytes",
            "Time, s",
          ],
          rows: results.map((result) => [
            count(result.many),
            count(result.requests),
            count(result.failed),
            count(result.pages),
            count(result.lost),
            count(result.doubled),
            rounded(result.peak / bytesPerMb),
            count(result.kept),
            rounded(result.ms / 1000),
          ]),
        },
      },
    ],
    caveats: [
      "The server has none of Intercom's own work, no latency and no rate limit. With Intercom's limit of 1,666 requests in ten seconds, a million contacts take at least 40 seconds, and with 300 ms a page 33 minutes.",
      "All contacts are alike, and none changes during the sync.",
      "What the platform does between two pages is unknown: it starts an invocation for each page, and an execution for each batch.",
    ],
  };
}

void show(measure());
