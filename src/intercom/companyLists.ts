import type { Company } from "../schemas/companies";
import type { Contact } from "../schemas/contacts";
import { type CompanyFilter, type companies, isForOne } from "./companies";
import type { CursorPage } from "./wire/cursorLists";
import { BadRequestError } from "./wire/errors";
import type { Http } from "./wire/http";
import { isRecord, textOf } from "./wire/json";
import { mixedList } from "./wire/mixedLists";
import { hasNextPage, type List, type Order, totalOf, wholeList } from "./wire/pages";
import { path } from "./wire/path";
import { collect, type Found, inOrder, readWhole } from "./wire/readings";
import { type ScrollPlace, scrollOn, scrollOver } from "./wire/scroll";
import { byNumber } from "./wire/walks";

/** Which companies, and in which order. */
interface Selection {
  order: Order;
  filter?: CompanyFilter;
  /** The cursor: how many companies come before. */
  startingAfter?: number;
}

interface ListRequest extends Omit<Selection, "startingAfter"> {
  /** How many companies to skip. */
  skip: number;
  perPage: number;
}

/**
 * The largest page of companies. Some API versions lower a greater number to 60 (PostHog, estuary).
 */
const largestPage = 60;
/**
 * Numbered pages give 400 `bad_request` beyond this many companies (OpenAPI 2.16,
 * listAllCompanies).
 */
const mostByNumber = 10_000;

/** Lists of companies, whose order may change while we read them. */
export const companyLists = (
  http: Http,
  {
    readPage,
    scrollPage,
    withEitherId,
  }: Pick<ReturnType<typeof companies>, "readPage" | "scrollPage" | "withEitherId">,
) => {
  const contactsOf = (id: string) =>
    mixedList<Contact>(http.log, {
      what: "contacts of the company",
      readPage: ({ page, perPage, startingAfter }, signal) =>
        http.send<List<Contact>>({
          permission: "Read and list users and companies",
          purpose: "list the contacts of the company",
          method: "GET",
          path: path`/companies/${id}/contacts`,
          query: { page, per_page: perPage, starting_after: startingAfter },
          listedAs: "data",
          signal,
        }),
    });

  /**
   * Reads the page that holds the company after the first `skip`. Where Intercom gives smaller pages
   * than we asked for, that company is on another page, and we read that one.
   */
  async function readFrom({ skip, perPage, ...rest }: ListRequest) {
    const page = pageHolding(skip, perPage);
    const answer = await readPage({ ...rest, page, perPage });
    const size = Number(answer.pages?.per_page) || perPage;
    const rightPage = pageHolding(skip, size);
    const isRight = isForOne(rest.filter) || rightPage === page;
    return {
      answer: isRight ? answer : await readPage({ ...rest, page: rightPage, perPage: size }),
      page: isRight ? page : rightPage,
      size,
    };
  }

  return {
    /**
     * The companies with the latest requests. With a text: those of them with the text in their name
     * or in your id, and also the company with exactly this name or id. Intercom has no search for
     * companies.
     */
    find: async (text: string | undefined, most: number): Promise<Company[]> => {
      const newest = await readPage({ page: 1, perPage: largestPage, order: "desc" });
      if (text === undefined) return newest.data.slice(0, most);
      const wanted = text.toLowerCase();
      const holding = newest.data.filter(({ name, company_id }) =>
        [name, company_id].some((each) => textOf(each)?.toLowerCase().includes(wanted)),
      );
      const exact = await Promise.all(
        [{ name: text }, { company_id: text }].map((filter) =>
          readPage({ page: 1, perPage: largestPage, order: "desc", filter }),
        ),
      );
      const found = [...exact.flatMap(({ data }) => data), ...holding];
      return [...new Map(found.map((company) => [company.id, company])).values()].slice(0, most);
    },

    /**
     * One page. Intercom leaves companies without contacts out of every list.
     * `pages.next.starting_after` is the number of companies before the next page, as text.
     */
    list: async (
      request: Selection & { page: number; perPage: number },
    ): Promise<List<Company>> => {
      const { order, filter } = request;
      const perPage = Math.min(request.perPage, largestPage);
      if (perPage < request.perPage) {
        http.log.info(
          `Intercom gives at most ${largestPage} companies per page, not ${request.perPage}.`,
        );
      }
      const skip = request.startingAfter ?? (request.page - 1) * perPage;
      const { answer, page, size } = await readFrom({ skip, perPage, order, filter });
      const before = (page - 1) * size;
      const after = before + size;
      const isLast = !hasNextPage(answer, page) && after >= (totalOf(answer) ?? 0);
      const next = isLast
        ? null
        : { page: page + 1, per_page: size, starting_after: String(after) };
      return {
        ...answer,
        data: answer.data.slice(skip - before),
        pages: { ...answer.pages, next },
      };
    },

    /**
     * Every company, or every company after the cursor. Intercom's pages end at 10,000 companies. Beyond that we
     * use the scroll, and sort and filter the companies ourselves.
     */
    listAll: async ({ startingAfter = 0, ...request }: Selection): Promise<List<Company>> => {
      const { items, missing } = await readAll({ ...request, skip: startingAfter });
      return wholeList(items, missing);
    },

    readAll,

    /**
     * Every company, in several parts. Up to 10,000 companies come in one part, because numbered pages
     * move. Beyond that, a part is some pages of the scroll.
     */
    readPart: async (
      place: ScrollPlace = { count: 0, starts: 0 },
    ): Promise<Found<Company> & { next?: ScrollPlace }> => {
      const order = "desc" as const;
      const total = async () => totalOf(await readPage({ page: 1, perPage: 1, order })) ?? 0;
      if (place.starts === 0) {
        if ((await total()) <= mostByNumber) return readAll({ skip: 0, order });
      }
      const starts = Math.max(place.starts, 1);
      const scroll = { what: "companies", read: scrollPage, total };
      return scrollOn(http, scroll, { ...place, starts });
    },

    /** One page of the contacts of a company, by Intercom's id or yours. */
    listContacts: (id: string, page: CursorPage) =>
      withEitherId(id, (id) => contactsOf(id).page(page)),

    /** Every contact of a company, or every one after the cursor. */
    listAllContacts: (id: string, startingAfter?: string) =>
      withEitherId(id, (id) => contactsOf(id).all(startingAfter)),
  };

  /** The same companies, and how many may be missing. */
  async function readAll(request: Omit<ListRequest, "perPage">): Promise<Found<Company>> {
    try {
      return await readPages(request);
    } catch (error) {
      if (isPageLimit(error)) return scrollAll(request);
      throw error;
    }
  }

  async function readPages(request: Omit<ListRequest, "perPage">): Promise<Found<Company>> {
    const { skip, order, filter } = request;
    const first = await readFrom({ ...request, perPage: largestPage });
    const total = totalOf(first.answer);
    if ((total ?? 0) > mostByNumber) return scrollAll(request, total);
    const before = (first.page - 1) * first.size;
    let firstAnswer: List<Company> | undefined = first.answer;
    const read = async () => {
      const pages = byNumber(async (page, signal) => {
        const known = page === first.page ? firstAnswer : undefined;
        if (known) firstAnswer = undefined;
        return known ?? readPage({ page, perPage: first.size, order, filter }, signal);
      }, first.page);
      const { items, totals } = await collect(pages, http.log);
      // We expect the largest total: when a company is deleted during the walk, the next one may move
      // to a page that we have read already, and be missed.
      return { items, expected: Math.max(0, ...totals) - before };
    };
    const sort = (items: Company[]) => byLastRequest(items, order);
    const { items, missing } = await readWhole(read, "companies", http.log, sort);
    return { items: (filter ? sort(items) : items).slice(skip - before), missing };
  }

  async function scrollAll(
    { skip, order, filter }: Omit<ListRequest, "perPage">,
    knownTotal?: number,
  ): Promise<Found<Company>> {
    const matching = (read: Company[]) => read.filter((company) => matches(company, filter));
    let total = knownTotal;
    const { items, missing } = await scrollOver(http, {
      what: "companies",
      read: scrollPage,
      completeness: async () => {
        const expected = total ?? totalOf(await readPage({ page: 1, perPage: 1, order, filter }));
        // The number of companies may change, so a second scroll asks for the total again.
        total = undefined;
        return (read) => ({ count: matching(read).length, expected: expected ?? 0 });
      },
    });
    return { items: byLastRequest(matching(items), order).slice(skip), missing };
  }
};

/** The number of the page that holds the company after the first `skip`. */
const pageHolding = (skip: number, perPage: number): number => Math.floor(skip / perPage) + 1;

function matches({ tags, segments }: Company, filter?: CompanyFilter): boolean {
  if (filter === undefined) return true;
  if ("tag_id" in filter) return hasId(tags?.tags, filter.tag_id);
  return "segment_id" in filter && hasId(segments?.segments, filter.segment_id);
}

const hasId = (rows: unknown, wanted: string): boolean =>
  Array.isArray(rows) && rows.some((row) => isRecord(row) && row.id === wanted);

/** Sorts companies as Intercom lists them. */
const byLastRequest = (companies: Company[], order: Order): Company[] =>
  inOrder(companies, order, ({ last_request_at }) => last_request_at);

const isPageLimit = (error: unknown): boolean =>
  error instanceof BadRequestError && /page limit reached/i.test(error.message);
