import type { companyLists } from "./companyLists";
import { contactSorting } from "./contacts";
import { cursorList, largestPage } from "./wire/cursorLists";
import { CutShortError } from "./wire/errors";
import type { Http } from "./wire/http";
import type { List } from "./wire/pages";
import { collect, expectedOf, type Found, readWhole } from "./wire/readings";
import type { Query, SearchBody, searchIn } from "./wire/search";
import { secondsOf } from "./wire/times";
import { isAtLeast } from "./wire/versions";
import { byCursor } from "./wire/walks";

/** What every watched record has; times are Unix seconds. */
export interface WatchedRecord {
  id: string;
  created_at: number;
  updated_at: number;
  [key: string]: unknown;
}

/** A record with its times in Unix seconds; NaN for a time that we can't read. */
export interface Change {
  record: WatchedRecord;
  id: string;
  createdAt: number;
  updatedAt: number;
}

export interface Changes {
  /** Changed at `from` or later, or nobody knows when. */
  records: Change[];
  /** Intercom's clock when the reading began: what changes later may be missing. */
  readAtSeconds: number;
  /** Whether none is known to be missing, but for what changed while it was read. */
  isWhole: boolean;
}

/**
 * A search for contacts takes a date for its whole day in the workspace's time zone, and `>` begins
 * with the next day (OpenAPI 2.16, SearchContacts). This long before a moment it was another day,
 * wherever that is and whether or not the clocks were changed.
 */
const surelyAnotherDaySeconds = 26 * 3600;

/** An answer's clock is believed to be ahead of ours by that much; the mark looks back further. */
const mostAheadMs = 5 * 60 * 1000;

/** A record can't have changed that far ahead of Intercom's clock, whichever answer we read that from. */
const mostAheadSeconds = 24 * 3600;

type Searched = "contacts" | "tickets" | "conversations";
const isContacts = (resource: Searched): resource is "contacts" => resource === "contacts";
export type WatchedResource = "companies" | Searched;

type Search = (...args: Parameters<ReturnType<typeof searchIn>>) => Promise<List<WatchedRecord>>;

interface Watched extends Record<Searched, { searchPage: Search }> {
  companies: Pick<ReturnType<typeof companyLists>, "list" | "readAll">;
}

export const changes = (http: Http, { companies, ...searched }: Watched) => {
  const believedNowMs = () => Math.min(http.nowMs(), Date.now() + mostAheadMs);

  const searchPage = (
    resource: Searched,
    from: number,
    pagination: SearchBody["pagination"],
    asked?: Parameters<Search>[1],
  ): Promise<List<WatchedRecord>> => {
    const value = isContacts(resource) ? from - surelyAnotherDaySeconds : from - 1;
    const order = isContacts(resource) ? "descending" : "ascending";
    const query: Query = { field: "updated_at", operator: ">", value };
    const body: SearchBody = { query, sort: { field: "updated_at", order }, pagination };
    return searched[resource].searchPage(body, asked);
  };

  const pageReader = (resource: Searched, from: number) => (perPage: number, cursor?: string) =>
    searchPage(resource, from, { per_page: perPage, starting_after: cursor });

  const isSortingDocumented = isAtLeast(http.apiVersion, contactSorting.since);

  /** Whether no contact changed at `from` or later, by an answer whose sorting is documented. */
  async function isNothingNew(from: number): Promise<boolean> {
    const { data } = await searchPage("contacts", from, { per_page: 1 }, contactSorting);
    return data.every(({ updated_at }) => secondsOf(updated_at) < from);
  }

  /**
   * Whether no page after these can hold a contact that changed at `from` or later: they are newest
   * first and have come to one that is too old. Before 2.16 the order must be seen; where it is not,
   * and the first page holds nothing new, one more request tells whether any does.
   */
  async function isEnough(records: WatchedRecord[], isFirstPage: boolean, from: number) {
    const isTooOld = ({ updated_at }: WatchedRecord) => secondsOf(updated_at) < from;
    if (!records.some(isTooOld)) return false;
    if (isNewestFirst(records) && (isSortingDocumented || isSeenToBeSorted(records))) return true;
    return isFirstPage && records.every(isTooOld) && isNothingNew(from);
  }

  /**
   * What is touched while pages are read, newest first, jumps ahead of them. So the first page is
   * read once more: what was touched is on it, and must not come yet, but whether it is new is known.
   */
  async function readContacts(from: number) {
    let isToTheEnd = true;
    let isCutShort = false;
    const readPage = pageReader("contacts", from);
    async function* pages() {
      const records: WatchedRecord[] = [];
      let count = 0;
      try {
        for await (const answer of byCursor((cursor) => readPage(largestPage, cursor))) {
          yield answer;
          records.push(...answer.data);
          count += 1;
          if (answer.pages?.next && (await isEnough(records, count === 1, from))) {
            isToTheEnd = false;
            break;
          }
        }
      } catch (error) {
        // What jumped ahead leaves fewer pages than there were said to be.
        if (!(error instanceof CutShortError)) throw error;
        isCutShort = true;
      }
      if (count > 1) yield await readPage(largestPage);
    }
    const collected = await collect(pages(), http.log);
    const expected = expectedOf(collected, isToTheEnd);
    const isUncounted = isCutShort && collected.totals.length === 0;
    return { items: collected.items, expected: isUncounted ? expected + 1 : expected };
  }

  /** These match by the second, so all are read; oldest first, what is touched moves to the end. */
  const readOthers = (resource: Exclude<Searched, "contacts">, from: number) =>
    cursorList(http.log, { what: resource, readPage: pageReader(resource, from) }).find();

  function read(resource: WatchedResource, from: number): Promise<Found<WatchedRecord>> {
    // Companies can't be searched by time: we read all of them.
    if (resource === "companies") return companies.readAll({ skip: 0, order: "desc" });
    if (!isContacts(resource)) return readOthers(resource, from);
    return readWhole(() => readContacts(from), resource, http.log);
  }

  return {
    /** Every record of a kind that changed at `fromSeconds` or later. */
    since: async (resource: WatchedResource, fromSeconds: number): Promise<Changes> => {
      const startedAtMs = Date.now();
      const { items, missing } = await read(resource, fromSeconds);
      const tookMs = Date.now() - startedAtMs;
      const readAtSeconds = Math.floor((believedNowMs() - tookMs) / 1000);
      const changes = items.map((record): Change => {
        const { id, created_at, updated_at } = record;
        const updatedAt = secondsOf(updated_at);
        return {
          record,
          id,
          createdAt: secondsOf(created_at),
          updatedAt: updatedAt > readAtSeconds + mostAheadSeconds ? Number.NaN : updatedAt,
        };
      });
      // A comparison with NaN fails, so what has no time stays.
      const records = changes.filter(({ updatedAt }) => !(updatedAt < fromSeconds));
      return { records, readAtSeconds, isWhole: missing === 0 };
    },

    /** Intercom's clock, in Unix seconds, by a request that needs the permission to watch these. */
    now: async (resource: WatchedResource): Promise<number> => {
      if (resource === "companies") await companies.list({ page: 1, perPage: 1, order: "desc" });
      else await searchPage(resource, Math.floor(Date.now() / 1000), { per_page: 1 });
      return Math.floor(believedNowMs() / 1000);
    },
  };
};

const isNewestFirst = (records: WatchedRecord[]): boolean =>
  records.every(({ updated_at }, index) => {
    const before = records[index - 1];
    return before === undefined || secondsOf(before.updated_at) >= secondsOf(updated_at);
  });

/** Records that nobody touched since they were made, or all at once, are in that order in others too. */
const isSeenToBeSorted = (records: WatchedRecord[]): boolean =>
  records.some(({ created_at, updated_at }, index) => {
    const before = records[index - 1];
    return (
      before &&
      secondsOf(before.created_at) < secondsOf(created_at) &&
      secondsOf(before.updated_at) > secondsOf(updated_at)
    );
  });
