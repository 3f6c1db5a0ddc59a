import { ask, type Item } from "./bareFetch";
import { type Figure, show } from "./figure";
import { openSandbox, type Sandbox } from "./openSandbox";
import { compare, inRounds, median, timed } from "./rounds";
import { count, rounded, spread } from "./table";

const sizes = [10_000, 100_000] as const;
/** Of companies and of conversations, for each contact. */
const share = 0.2;
const rounds = 40;
const barMs = 50;

interface Place {
  sandbox: Sandbox;
  size: number;
  contacts: string[];
  conversations: string[];
  cursor: string;
}

interface Page {
  pages: { next?: { starting_after: string } };
}

/** Another number for each request, so that no search is asked for twice. */
let taken = 0;
const next = () => {
  taken += 1;
  return taken;
};
const some = (ids: string[]) => ids[next() % ids.length] ?? "";

const search = ({ sandbox }: Place, what: string, query: object, sort?: object) =>
  ask(sandbox, "POST", `/${what}/search`, { query, sort });
const filter = (field: string, operator: string, value: unknown) => ({ field, operator, value });

type Ask = (place: Place) => Promise<unknown>;

/** What the sandbox finds by an index, or by the place in a list. */
const found: Record<string, Ask> = {
  "`GET /contacts`, 150 a page": ({ sandbox, cursor }) =>
    ask(sandbox, "GET", `/contacts?per_page=150&starting_after=${encodeURIComponent(cursor)}`),
  "`GET /contacts/:id`": ({ sandbox, contacts }) =>
    ask(sandbox, "GET", `/contacts/${some(contacts)}`),
  "`POST /contacts`": ({ sandbox }) =>
    ask(sandbox, "POST", "/contacts", { email: `new-${next()}@example.org` }),
  "`PUT /contacts/:id`": ({ sandbox, contacts }) =>
    ask(sandbox, "PUT", `/contacts/${some(contacts)}`, { name: `Ada ${next()}` }),
  "Contacts by e-mail": (place) =>
    search(place, "contacts", filter("email", "=", `person-${next()}@example.org`)),
  "`POST /companies/list`, page 10": ({ sandbox }) =>
    ask(sandbox, "POST", "/companies/list?per_page=60&page=10"),
  "`POST /companies`": ({ sandbox }) =>
    ask(sandbox, "POST", "/companies", { company_id: `company-${next()}`, name: `New ${next()}` }),
  "`GET /conversations`, 150 a page": ({ sandbox }) =>
    ask(sandbox, "GET", "/conversations?per_page=150"),
  "A contact's conversations": (place) =>
    search(place, "conversations", filter("contact_ids", "=", some(place.contacts))),
  "`PUT /conversations/:id`": ({ sandbox, conversations }) =>
    ask(sandbox, "PUT", `/conversations/${some(conversations)}`, { read: true }),
};

/** What the sandbox has to look at every row for. */
const scanned: Record<string, Ask> = {
  "Contacts by a part of the e-mail": (place) =>
    search(place, "contacts", filter("email", "~", `son-${next()}@`)),
  "All contacts, sorted by e-mail": (place) =>
    search(place, "contacts", filter("name", "!=", `${next()}`), { field: "email" }),
  "Conversations by a word": (place) =>
    search(place, "conversations", filter("source.body", "~", `${next()}`)),
};

async function open(size: number): Promise<Place> {
  const others = size * share;
  const sandbox = await openSandbox({ contacts: size, companies: others, conversations: others });
  const { data, pages } = await ask<{ data: Item[] } & Page>(
    sandbox,
    "GET",
    "/contacts?per_page=150",
  );
  const listed = await ask<{ conversations: Item[] }>(
    sandbox,
    "GET",
    "/conversations?per_page=150",
  );
  return {
    sandbox,
    size,
    contacts: data.map(({ id }) => id),
    conversations: listed.conversations.map(({ id }) => id),
    cursor: pages.next?.starting_after ?? "",
  };
}

async function timesOf([small, large]: readonly [Place, Place], requests: Record<string, Ask>) {
  const rows = [];
  for (const [request, send] of Object.entries(requests)) {
    const times = await inRounds(rounds, {
      small: timed(() => send(small)),
      large: timed(() => send(large)),
    });
    const { ratio, middleHalf } = compare(times.large, times.small);
    const ms = [median(times.small), median(times.large)] as const;
    rows.push({ request, ms, ratio, middleHalf });
  }
  return rows;
}

type Row = Awaited<ReturnType<typeof timesOf>>[number];

async function measure(): Promise<Figure> {
  const places = [await open(sizes[0]), await open(sizes[1])] as const;
  const byIndex = await timesOf(places, found);
  const byScan = await timesOf(places, scanned);
  await Promise.all(places.map(({ sandbox }) => sandbox.close()));

  const [few, many] = places.map(({ sandbox }) => sandbox.fillMs) as [number, number];
  const worst = (rows: Row[]) => Math.max(...rows.map(({ ratio }) => ratio));
  const slowest = Math.max(...byIndex.map(({ ms }) => ms[1]));
  const against = `with ${count(sizes[0])}`;
  const tableOf = (rows: Row[]) => ({
    head: ["", ...sizes.map((size) => `${count(size)}, ms`), "Ratio", "Middle half of the rounds"],
    rows: rows.map(({ request, ms, ratio, middleHalf }) => [
      request,
      ...ms.map(rounded),
      rounded(ratio),
      spread(middleHalf),
    ]),
  });

  return {
    title: "A large sandbox",
    meaning: `A sandbox with ${sizes.map(count).join(" and ")} contacts, each with a fifth as many companies and conversations. ${rounds} rounds of each request, in turn, medians. No search is asked for twice.`,
    summary: [
      {
        measured: `Slowest request without a scan, ${count(sizes[1])} contacts`,
        ratio: slowest / barMs,
        against: `${barMs} ms`,
        bar: "at most 1.00",
      },
      {
        measured: `Request without a scan that grows most, ${count(sizes[1])} contacts`,
        ratio: worst(byIndex),
        against,
      },
      {
        measured: `Search with a scan that grows most, ${count(sizes[1])} contacts`,
        ratio: worst(byScan),
        against,
        bar: "at most 10.00",
      },
      {
        measured: `Filling the sandbox with ${count(sizes[1])} contacts`,
        ratio: many / few,
        against,
        bar: "at most 10.00",
      },
    ],
    tables: [
      { caption: "By an index, or by the place in a list:", table: tableOf(byIndex) },
      { caption: "With a look at every row:", table: tableOf(byScan) },
    ],
    caveats: [
      "The contacts are small and all alike, and so are the companies and conversations.",
      "A time contains about 1 ms of HTTP, which hides the growth of the fastest requests.",
      "The time of filling is the processor time in the sandbox's process, without HTTP.",
    ],
  };
}

void show(measure());
