import { IntercomClient } from "intercom-client";
import project from "../package.json";
import { runAction } from "../playground/component";
import { allCompanies, allContacts, type Item } from "./bareFetch";
import { type Figure, show } from "./figure";
import { apiVersion, openSandbox, type Sandbox } from "./openSandbox";
import { compare, inRounds, median, timed } from "./rounds";
import { count, rounded, spread } from "./table";

const many = 1237;
const latencyMs = 50;
const rounds = 5;
/** How many pages the component reads at a time (`mostAtOnce` in src/intercom/wire/walks.ts). */
const atOnce = 6;

type Read = (sandbox: Sandbox) => Promise<Item[]>;

const component =
  (action: string): Read =>
  async ({ connection }) => {
    const result = await runAction(action, { fetchAll: "true" }, connection, () => undefined);
    return (result as { data: Item[] }).data;
  };

const clientOf = ({ url, token }: Sandbox) =>
  new IntercomClient({ baseUrl: url, token, version: apiVersion });

/** Without a page size, Intercom's default applies. */
const contactsByClient =
  (perPage?: number): Read =>
  async (sandbox) =>
    collect(await clientOf(sandbox).contacts.list({ per_page: perPage }));

const companiesByClient =
  (perPage?: number): Read =>
  async (sandbox) =>
    collect(await clientOf(sandbox).companies.list({ per_page: perPage }));

async function collect(page: AsyncIterable<unknown>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of page) items.push(item as Item);
  return items;
}

const ours = "The component, *Fetch All*";
const client = "`intercom-client`, no page size set";
const floor = (atOnce: number) =>
  `Bare fetch, ${atOnce === 1 ? "one after the other" : `${atOnce} at a time`}`;

/** The first contender is the lower bound. */
const contacts: Record<string, Read> = {
  [floor(1)]: allContacts,
  [ours]: component("listContacts"),
  "`intercom-client`, 150 a page": contactsByClient(150),
  [client]: contactsByClient(),
};

const companies: Record<string, Read> = {
  [floor(atOnce)]: (sandbox) => allCompanies(sandbox, atOnce),
  [ours]: component("listCompanies"),
  [floor(1)]: (sandbox) => allCompanies(sandbox, 1),
  "`intercom-client`, 60 a page": companiesByClient(60),
  [client]: companiesByClient(),
};

/** Fails if a contender loses a record or gives a duplicate. */
async function readWhole(read: Read, sandbox: Sandbox) {
  const ids = new Set((await read(sandbox)).map(({ id }) => id));
  if (ids.size !== many) throw new Error(`The contender read ${ids.size} of ${many} records.`);
}

async function contest(sandbox: Sandbox, contenders: Record<string, Read>) {
  await sandbox.setLatency(latencyMs);
  const works = Object.entries(contenders).map(
    ([name, read]) => [name, () => readWhole(read, sandbox)] as const,
  );
  const times = await inRounds(
    rounds,
    Object.fromEntries(works.map(([name, work]) => [name, timed(work)])),
  );
  const [first = ""] = Object.keys(times);
  const results = [];
  for (const [name, work] of works) {
    results.push({
      name,
      requests: await sandbox.countRequests(work),
      ms: median(times[name] ?? []),
      ...compare(times[name] ?? [], times[first] ?? []),
      gain: compare(times[name] ?? [], times[ours] ?? []).ratio,
    });
  }
  sandbox.close();
  return results;
}

type Results = Awaited<ReturnType<typeof contest>>;

const table = (results: Results) => ({
  head: ["", "Requests", "Time, ms", "Time / first line", "Middle half of the rounds"],
  rows: results.map(({ name, requests, ms, ratio, middleHalf }) => [
    name,
    count(requests),
    rounded(ms),
    rounded(ratio),
    spread(middleHalf),
  ]),
});

function summary(what: string, results: Results) {
  const measured = `Time of *Fetch All*, ${count(many)} ${what}`;
  const ratioOf = (name: string) => results.find((result) => result.name === name)?.ratio ?? 0;
  const first = results[0]?.name ?? "";
  const others = results.filter(({ name }) => name !== first && name !== ours);
  return [
    { measured, ratio: ratioOf(ours), against: lowerFirst(first) },
    ...others.map(({ name, gain }) => ({ measured, ratio: 1 / gain, against: lowerFirst(name) })),
  ];
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const bars = (results: Results) =>
  results.map(({ name, ratio, requests }) => ({
    label: `${name.replace(/[`*]/g, "")} (${requests} requests)`,
    value: ratio,
    isOurs: name === ours,
  }));

async function measure(): Promise<Figure> {
  const ofContacts = await contest(await openSandbox({ contacts: many }), contacts);
  const ofCompanies = await contest(await openSandbox({ companies: many }), companies);
  return {
    title: "Fetch All",
    meaning: `All of ${count(many)} contacts, and all of ${count(many)} companies, from a sandbox that waits ${latencyMs} ms before each answer. We check that every contender gives the whole list. The first line is the lower bound: \`fetch\` and \`JSON.parse\`, with the fewest possible requests. Times are medians of ${rounds} rounds.`,
    summary: [...summary("contacts", ofContacts), ...summary("companies", ofCompanies)],
    tables: [
      { caption: `${count(many)} contacts, in pages by cursor`, table: table(ofContacts) },
      { caption: `${count(many)} companies, in numbered pages`, table: table(ofCompanies) },
    ],
    caveats: [
      `\`intercom-client\` ${project.devDependencies["intercom-client"]} sets no page size, so Intercom's default applies: in the sandbox 10 contacts and 15 companies. For contacts, Intercom's documentation has said 10, 15 and 50. With 50, \`intercom-client\` would make ${Math.ceil(many / 50)} requests. Anyone who uses \`intercom-client\` may ask for larger pages, as in the line above.`,
      "`intercom-client` reads one page of companies at a time, until a page is empty. That is one request more than the number of pages.",
      `Bare fetch does not handle rate limits, retries, cursors that lead nowhere, or duplicates. We made bare fetch read ${atOnce} pages at a time because the component does so.`,
      "Bare fetch is Node's `fetch`. The component uses Node's older `http`, which can be faster: then the component's ratio is below 1.",
      "With slower answers, a ratio depends more and more on the number of requests that must wait for each other. How long Intercom takes to make a page is unknown.",
    ],
    chart: {
      title: `Fetch All: time against the lower bound, ${latencyMs} ms latency`,
      groups: [
        { label: `${count(many)} contacts`, bars: bars(ofContacts) },
        { label: `${count(many)} companies`, bars: bars(ofCompanies) },
      ],
    },
  };
}

void show(measure());
