import {
  type Change,
  changeReadAt,
  type changeSearch,
  isContacts,
  type Searched,
  type WatchedRecord,
  type WatchedResource,
  type WatchedTime,
} from "./changeSearch";
import type { Changes, changes } from "./changes";
import type { companyLists } from "./companyLists";
import { largestPage } from "./wire/cursorLists";
import { BadRequestError, CutShortError } from "./wire/errors";
import type { Http } from "./wire/http";
import { totalOf } from "./wire/pages";
import { keepNewest, untilWhole } from "./wire/readings";
import type { ScrollPlace } from "./wire/scroll";
import { secondsOf } from "./wire/times";
import { cursorAfter } from "./wire/walks";

/** Where a reading of records starts. */
export interface StartOfPages {
  /** The time that decides which records count. */
  time: WatchedTime;
  /** The earliest time that counts, in Unix seconds. */
  from: number;
}

/** Where a reading goes on. Small, because the platform carries it from one page to the next. */
export interface PlaceInPages extends StartOfPages {
  /** Intercom's clock when the reading began. */
  readAtSeconds: number;
  /** Intercom's cursor. */
  after?: string;
  /** How many records came before. */
  count: number;
  /** The total of the first page. */
  total?: number;
  scroll?: ScrollPlace;
}

export interface ChangePage extends Changes {
  /** Intercom's clock when we read this page. */
  pageAtSeconds: number;
  /** Undefined after the last page. */
  next?: PlaceInPages;
}

interface Whole {
  changes: Pick<ReturnType<typeof changes>, "since">;
  companies: Pick<ReturnType<typeof companyLists>, "readPart">;
}

/** Records that came beyond Intercom's own count, before we take a walk for endless. */
const mostBeyondTotal = 10 * largestPage;

/** Records that changed or were created since a time, a page per call. */
export const changePages = (
  http: Http,
  { searchPage, isEnough, nowSeconds }: ReturnType<typeof changeSearch>,
  { changes, companies }: Whole,
) => {
  async function searched(resource: Searched, place: StartOfPages & Partial<PlaceInPages>) {
    const { time, from, after, count = 0 } = place;
    const startedAtMs = Date.now();
    const isFirst = after === undefined;
    const isByChange = isContacts(resource) && time === "updated_at";
    const found = new Map<string, WatchedRecord>();
    /** Records that the reading met again on page 1, to which they moved. */
    const moved = new Map<string, WatchedRecord>();

    const read = async () => {
      const pageAfter = (cursor?: string) =>
        searchPage(resource, time, from, { per_page: largestPage, starting_after: cursor });
      const list = await pageAfter(after);
      const pageAtSeconds = nowSeconds(Date.now() - startedAtMs);
      const readAtSeconds = place.readAtSeconds ?? pageAtSeconds;
      keepNewest(found, list.data);
      const total = totalOf(list);
      const firstTotal = place.total ?? total;
      const cursor = cursorAfter(list, after);
      const isDone = cursor === undefined;
      const isStopped = !isDone && isByChange && (await isEnough(list.data, isFirst, from));
      if (!isFirst && isByChange && (isDone || isStopped)) {
        const { data } = await pageAfter();
        for (const record of data) {
          const isLate = secondsOf(record.updated_at) >= readAtSeconds;
          if (isLate && !found.has(record.id)) moved.set(record.id, record);
        }
      }
      const known = found.size + moved.size;
      // A page with a next page must be full. At the end, all records must have come.
      const expected = isStopped
        ? known
        : isDone
          ? Math.min(firstTotal ?? 0, total ?? 0) - count
          : (list.pages?.per_page ?? 0);
      const next = isStopped ? undefined : cursor;
      const times = { readAtSeconds, pageAtSeconds };
      return { times, next, total, firstTotal, count: known, expected };
    };

    const answer = await untilWhole(read, resource, http.log);
    const { times, next, total = Number.POSITIVE_INFINITY, firstTotal } = answer;
    const { readAtSeconds } = times;
    const soFar = count + found.size;
    if (next && (found.size === 0 || soFar > total + mostBeyondTotal)) {
      throw new CutShortError(
        `Intercom gave ${soFar} ${resource} and a cursor to more, with a count of ${total}.`,
      );
    }
    const there = { time, from, readAtSeconds, after: next, count: soFar, total: firstTotal };
    return {
      items: [...found.values(), ...moved.values()],
      ...times,
      isWhole: answer.missing === 0,
      next: next ? there : undefined,
    };
  }

  async function allCompanies({ time, from, ...place }: StartOfPages & Partial<PlaceInPages>) {
    const startedAtMs = Date.now();
    const { items, missing, next: scroll } = await companies.readPart(place.scroll);
    const pageAtSeconds = nowSeconds(Date.now() - startedAtMs);
    const readAtSeconds = place.readAtSeconds ?? pageAtSeconds;
    const next = scroll && { time, from, readAtSeconds, count: 0, scroll };
    const isWhole = missing === 0;
    return { items: items as WatchedRecord[], readAtSeconds, pageAtSeconds, isWhole, next };
  }

  async function read(
    resource: WatchedResource,
    place: StartOfPages & Partial<PlaceInPages>,
  ): Promise<ChangePage> {
    const { time, from } = place;
    // A poll reads the companies at once, because it must know whether all came.
    if (resource === "companies" && time === "updated_at") {
      const all = await changes.since(resource, from);
      return { ...all, pageAtSeconds: all.readAtSeconds };
    }
    const page = await (resource === "companies" ? allCompanies(place) : searched(resource, place));
    const { items, ...rest } = page;
    const timeOf = ({ createdAt, updatedAt }: Change) =>
      time === "created_at" ? createdAt : updatedAt;
    // A comparison with NaN is false, so this keeps records whose time we can't read.
    const records = items
      .map(changeReadAt(rest.pageAtSeconds))
      .filter((change) => !(timeOf(change) < from));
    return { ...rest, records };
  }

  return {
    /** The first page, or the page at a place that an earlier one gave. */
    read,

    /** The same, and the first page where Intercom takes the place no longer. */
    resume: (resource: WatchedResource, place: PlaceInPages): Promise<ChangePage> =>
      read(resource, place).catch((error: unknown) => {
        if (!(error instanceof BadRequestError || error instanceof CutShortError)) throw error;
        const { time, from } = place;
        http.log.warn(`We read from the first page again: ${error.message}`);
        return read(resource, { time, from });
      }),
  };
};
