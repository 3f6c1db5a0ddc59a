import type { companies } from "./companies";
import type { Http } from "./http";
import { byCursor, type List } from "./pages";
import { path } from "./path";
import type { SearchBody } from "./search";

/** What every watched record has; times are Unix seconds. */
export interface WatchedRecord {
  id: string;
  created_at: number;
  updated_at: number;
  [key: string]: unknown;
}

export interface Changes {
  /** Changed at `from` or later. */
  records: WatchedRecord[];
  /** Intercom's clock when the reading began: what changes later may be missing. */
  readAtSeconds: number;
}

/** The largest page of a search. */
const largestPage = 150;

/**
 * A search for contacts takes a date for its whole day in the workspace's time zone, and `>` begins
 * with the next day (OpenAPI 2.16, SearchContacts). This long before a moment it was another day,
 * wherever that is and whether or not the clocks were changed.
 */
const surelyAnotherDaySeconds = 26 * 3600;

const searches = {
  contacts: { path: path`/contacts/search`, permission: "Read and list users and companies" },
  tickets: { path: path`/tickets/search`, permission: "Read tickets" },
  conversations: { path: path`/conversations/search`, permission: "Read conversations" },
};

export type WatchedResource = "companies" | keyof typeof searches;

export const changes = (http: Http, { listAll }: ReturnType<typeof companies>) => {
  /**
   * Newest first, so that reading can stop at the first record that is too old. That needs an answer
   * in order: before 2.16 the order is not documented, so it is looked at, and read on where it fails.
   */
  async function search(resource: keyof typeof searches, from: number): Promise<WatchedRecord[]> {
    const { path, permission } = searches[resource];
    const value = resource === "contacts" ? from - surelyAnotherDaySeconds : from - 1;
    const pages = byCursor<WatchedRecord>((startingAfter) => {
      const body: SearchBody = {
        query: { field: "updated_at", operator: ">", value },
        sort: { field: "updated_at", order: "descending" },
        pagination: { per_page: largestPage, starting_after: startingAfter },
      };
      return (
        http
          .send<List<WatchedRecord> & Record<string, unknown>>({
            purpose: `search the ${resource}`,
            permission,
            method: "POST",
            path,
            body,
            isRepeatable: true,
          })
          // Conversations and tickets stand under their own name (OpenAPI 2.16, searchTickets).
          .then((list) => ({ ...list, data: list.data ?? (list[resource] as WatchedRecord[]) }))
      );
    });
    const records: WatchedRecord[] = [];
    for await (const { data } of pages) {
      records.push(...data);
      const oldest = records.at(-1);
      if (oldest && oldest.updated_at < from && isNewestFirst(records)) break;
    }
    return records;
  }

  return {
    /** Every record of a kind that changed at `fromSeconds` or later. */
    since: async (resource: WatchedResource, fromSeconds: number): Promise<Changes> => {
      const startedAtMs = Date.now();
      // Companies can't be searched by time: all of them are read.
      const read =
        resource === "companies"
          ? ((await listAll({ skip: 0, order: "desc" })).data as WatchedRecord[])
          : await search(resource, fromSeconds);
      const tookMs = Date.now() - startedAtMs;
      // One that moved while the pages were read stands on two of them.
      const once = [...new Map(read.map((record) => [record.id, record])).values()];
      return {
        records: once.filter(({ updated_at }) => updated_at >= fromSeconds),
        readAtSeconds: Math.floor((http.nowMs() - tookMs) / 1000),
      };
    },

    /** Intercom's clock, in Unix seconds. */
    now: async (): Promise<number> => {
      await http.send({
        purpose: "look who the token belongs to",
        permission: "Read one admin",
        method: "GET",
        path: path`/me`,
      });
      return Math.floor(http.nowMs() / 1000);
    },
  };
};

const isNewestFirst = (records: WatchedRecord[]): boolean =>
  records.every(({ updated_at }, index) => {
    const before = records[index - 1];
    return before === undefined || before.updated_at >= updated_at;
  });
