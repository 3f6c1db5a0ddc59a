import { contactSorting } from "./contacts";
import type { Http } from "./wire/http";
import type { List } from "./wire/pages";
import type { Query, SearchBody, searchIn } from "./wire/search";
import { secondsOf } from "./wire/times";
import { isAtLeast } from "./wire/versions";

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

export type Searched = "contacts" | "tickets" | "conversations";
export type WatchedResource = "companies" | Searched;
export const isContacts = (resource: Searched): resource is "contacts" => resource === "contacts";

/** The times that records are searched by. */
export type WatchedTime = "created_at" | "updated_at";

type Search = (...args: Parameters<ReturnType<typeof searchIn>>) => Promise<List<WatchedRecord>>;
export type Searches = Record<Searched, { searchPage: Search }>;

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

/** Searches for records by the time of their last change, or of their creation. */
export const changeSearch = (http: Http, searched: Searches) => {
  const searchPage = (
    resource: Searched,
    time: WatchedTime,
    from: number,
    pagination: SearchBody["pagination"],
    asked?: Parameters<Search>[1],
  ): Promise<List<WatchedRecord>> => {
    const value = Math.max(0, from - (isContacts(resource) ? surelyAnotherDaySeconds : 1));
    // The newest changes first, because a poll may stop at the first old one.
    const isNewestFirst = isContacts(resource) && time === "updated_at";
    const query: Query = { field: time, operator: ">", value };
    const order = isNewestFirst ? "descending" : "ascending";
    const body: SearchBody = { query, sort: { field: time, order }, pagination };
    return searched[resource].searchPage(body, asked);
  };

  const isSortingDocumented = isAtLeast(http.apiVersion, contactSorting.since);

  /** Whether no contact changed at `from` or later, asked in a version that documents the sorting. */
  async function isNothingNew(from: number): Promise<boolean> {
    const onePage = { per_page: 1 };
    const { data } = await searchPage("contacts", "updated_at", from, onePage, contactSorting);
    return data.every(({ updated_at }) => secondsOf(updated_at) < from);
  }

  return {
    searchPage,

    /**
     * Whether no later page can hold a contact that changed at `from` or later. That is so once
     * contacts come newest first and one is too old. Before 2.16 Intercom does not document the order,
     * so the contacts themselves must show the order. Where they don't, and every contact of the first
     * page is too old, we ask once more with the documented sorting.
     */
    isEnough: async (records: WatchedRecord[], isFirstPage: boolean, from: number) => {
      const isTooOld = ({ updated_at }: WatchedRecord) => secondsOf(updated_at) < from;
      if (!records.some(isTooOld)) return false;
      if (isNewestFirst(records) && (isSortingDocumented || isSeenToBeSorted(records))) return true;
      return isFirstPage && records.every(isTooOld) && isNothingNew(from);
    },

    /** Intercom's clock in Unix seconds, some time ago. */
    nowSeconds: (agoMs = 0): number =>
      Math.floor((Math.min(http.nowMs(), Date.now() + mostAheadMs) - agoMs) / 1000),
  };
};

/** Reads the times of a record that we read at a time of Intercom's clock. */
export const changeReadAt =
  (readAtSeconds: number) =>
  (record: WatchedRecord): Change => {
    const { id, created_at, updated_at } = record;
    const updatedAt = secondsOf(updated_at);
    return {
      record,
      id,
      createdAt: secondsOf(created_at),
      updatedAt: updatedAt > readAtSeconds + mostAheadSeconds ? Number.NaN : updatedAt,
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
