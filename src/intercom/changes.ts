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

/** A record with its times in Unix seconds. A time that we can't read is NaN. */
export interface Change {
  record: WatchedRecord;
  id: string;
  createdAt: number;
  updatedAt: number;
}

export interface Changes {
  /** The records that changed at `from` or later, or whose time we can't read. */
  records: Change[];
  /** Intercom's clock when the reading began. A change after this time may be missing. */
  readAtSeconds: number;
  /** Whether the reading is complete, except for changes during it. */
  isWhole: boolean;
}

/**
 * A search for contacts compares whole days in the workspace's time zone, so `>` starts at the next
 * day (OpenAPI 2.16, SearchContacts). A time 26 hours earlier is on an earlier day in every time zone,
 * also when the clocks change.
 */
const surelyAnotherDaySeconds = 26 * 3600;

/**
 * We accept that an answer's clock is ahead of ours by this much; a poll looks back further than
 * that.
 */
const mostAheadMs = 5 * 60 * 1000;

/** We can't trust an `updated_at` that is this far ahead of Intercom's clock. */
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

  /** Whether no contact changed at `from` or later, asked in a version that documents the sorting. */
  async function isNothingNew(from: number): Promise<boolean> {
    const { data } = await searchPage("contacts", from, { per_page: 1 }, contactSorting);
    return data.every(({ updated_at }) => secondsOf(updated_at) < from);
  }

  /**
   * Whether no later page can hold a contact that changed at `from` or later. That is so once contacts
   * come newest first and one is too old. Before 2.16 Intercom does not document the order, so the
   * contacts themselves must show the order. Where they don't, and every contact of the first page is
   * too old, we ask once more with the documented sorting.
   */
  async function isEnough(records: WatchedRecord[], isFirstPage: boolean, from: number) {
    const isTooOld = ({ updated_at }: WatchedRecord) => secondsOf(updated_at) < from;
    if (!records.some(isTooOld)) return false;
    if (isNewestFirst(records) && (isSortingDocumented || isSeenToBeSorted(records))) return true;
    return isFirstPage && records.every(isTooOld) && isNothingNew(from);
  }

  /**
   * Pages come newest first, so a contact that is updated during the read moves to page 1. We read
   * page 1 again to learn whether it is new and whether the list was complete.
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
        // Contacts that moved to page 1 leave fewer pages than Intercom announced.
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

  /**
   * Tickets and conversations match by the second, so we read all matches. They come oldest first, so
   * a record that is updated during the read moves to the end, which we have not read yet.
   */
  const readOthers = (resource: Exclude<Searched, "contacts">, from: number) =>
    cursorList(http.log, { what: resource, readPage: pageReader(resource, from) }).find();

  function read(resource: WatchedResource, from: number): Promise<Found<WatchedRecord>> {
    // Intercom has no search for companies by time, so we read all companies.
    if (resource === "companies") return companies.readAll({ skip: 0, order: "desc" });
    if (!isContacts(resource)) return readOthers(resource, from);
    return readWhole(() => readContacts(from), resource, http.log);
  }

  return {
    /** Every record of a resource that changed at `fromSeconds` or later. */
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
      // A comparison with NaN is false, so this keeps records whose time we can't read.
      const records = changes.filter(({ updatedAt }) => !(updatedAt < fromSeconds));
      return { records, readAtSeconds, isWhole: missing === 0 };
    },

    /** Intercom's clock, in Unix seconds. The request needs the same permission as the polls. */
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

/**
 * Whether the records are sorted by update and not by creation. Records that were never updated, or
 * all at the same time, have the same order in both.
 */
const isSeenToBeSorted = (records: WatchedRecord[]): boolean =>
  records.some(({ created_at, updated_at }, index) => {
    const before = records[index - 1];
    return (
      before &&
      secondsOf(before.created_at) < secondsOf(created_at) &&
      secondsOf(before.updated_at) > secondsOf(updated_at)
    );
  });
