import { describe, expect, test } from "vitest";
import type { Http } from "../src/intercom/wire/http";
import type { List } from "../src/intercom/wire/pages";
import { scrollOver } from "../src/intercom/wire/scroll";
import { byCursor, byNumber } from "../src/intercom/wire/walks";
import { serveJson } from "./stage/serve";
import { openWorkbench } from "./stage/workbench";

/** Far more requests than a walk that ends may send. */
const tooMany = 300;

/**
 * Stops an endless walk with an answer that the client does not retry, so that the test fails and
 * ends.
 */
async function openWith(answer: (page: number, path: string) => object | undefined) {
  let count = 0;
  const baseUrl = await serveJson(({ url }) => {
    count += 1;
    return count > tooMany ? undefined : answer(count, url.pathname);
  });
  const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
  return { ...bench, requests: () => count };
}

const rows = [{ type: "contact", id: "1" }];

describe("a walk over pages ends", () => {
  test.each([
    ["the same rows", rows],
    ["no rows", []],
  ])("where each gives a new cursor and %s", async (_, data) => {
    for (const inputs of [{ fetchAll: true }, { fetchAll: true, order: "asc" }, { page: "900" }]) {
      const { refusal, requests } = await openWith((page) => ({
        type: "list",
        data,
        total_count: 9000,
        pages: { page, total_pages: 9000, next: { starting_after: `after-${page}` } },
      }));
      expect((await refusal("listContacts", inputs)).message).toMatch(
        /^Intercom gave 10 pages in a row without a new record, after page \d+ of 9000, so we can't read the rest\.$/,
      );
      expect(requests()).toBeLessThan(20);
    }
  });

  test.each([
    ["the same rows", rows],
    ["no rows", []],
  ])("where each numbered one says that there is another, and has %s", async (_, data) => {
    for (const pages of [
      (page: number) => ({ page, per_page: 60, total_pages: page + 1 }),
      (page: number) => ({ page, per_page: 60, next: "https://api.intercom.io/companies?page=2" }),
    ]) {
      const { refusal, requests } = await openWith((page) => ({
        type: "list",
        data,
        total_count: 9000,
        pages: pages(page),
      }));
      expect((await refusal("listCompanies", { fetchAll: true })).message).toContain(
        "Intercom gave 10 pages in a row without a new record",
      );
      expect(requests()).toBeLessThan(30);
    }
  });

  /** The newer lists, each with what it needs. */
  const lists: [string, object][] = [
    ["listArticles", {}],
    ["listCompanyContacts", { companyId: "0123456789abcdef01234567" }],
    ["listContactCompanies", { contactId: "1" }],
    ["listConversations", {}],
    ["listEvents", { contact: "ada@example.org" }],
    ["listNotes", { contactId: "1" }],
    ["searchArticles", { phrase: "pay" }],
    ["searchConversations", { state: "open" }],
    ["searchTickets", { state: "submitted" }],
  ];
  const event = { event_name: "paid", created_at: 1 };
  /** The rows under the name that each list has on the wire. */
  const listOf = (path: string, rows: object[], rest: object) => ({
    type: "list",
    data: path === "/articles/search" ? { articles: rows, highlights: [] } : rows,
    conversations: rows,
    tickets: rows,
    events: rows.map((row) => ({ ...row, ...event })),
    ...rest,
  });

  test.each(lists)("where each page of %s leads on to the same rows", async (key, inputs) => {
    const isByCursor = /Conversations|Tickets|Events|CompanyContacts/.test(key);
    const { refusal, requests } = await openWith((page, path) => {
      const cursor = `${page}`;
      const next = key === "listEvents" ? `/events?before=${cursor}` : { starting_after: cursor };
      const pages = isByCursor ? { next } : { page, total_pages: page + 1 };
      return listOf(path, rows, { total_count: 9000, pages });
    });
    const { message } = await refusal(key, { ...inputs, fetchAll: "true" });
    expect(message).toMatch(/^Intercom gave 10 pages in a row without a new record/);
    expect(requests()).toBeLessThan(20);
  });

  // Intercom does not count events.
  const counted = lists.filter(([key]) => key !== "listEvents");

  test.each(counted)("of %s, and says how many may be missing", async (key, inputs) => {
    const { run, requests } = await openWith((_, path) =>
      listOf(path, rows, { total_count: 3, pages: { page: 1, total_pages: 1, next: null } }),
    );
    const list = await run(key, { ...inputs, fetchAll: "true" });
    expect(list).toMatchObject({ data: rows, total_count: 3, missing_count: 2 });
    expect(requests()).toBe(3);
  });

  test("where a scroll repeats its page for ever", async () => {
    const data = Array.from({ length: 100 }, (_, index) => ({ type: "company", id: `${index}` }));
    const { run, requests } = await openWith((count, path) =>
      path === "/companies/list"
        ? { type: "list", data: [], total_count: 10_100, pages: { page: 1, total_pages: 169 } }
        : { type: "list", data, scroll_param: `scroll-${count}` },
    );
    const list = await run<{ data: object[] }>("listCompanies", { fetchAll: true });
    expect(list).toMatchObject({ data, missing_count: 10_000 });
    expect(requests()).toBeLessThan(20);
  });

  test("where a complete scroll repeats its last page", async () => {
    const page = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ type: "company", id: `${from + index}` }));
    let calls = 0;
    const { run, requests } = await openWith((_, path) => {
      if (path === "/companies/list") {
        return {
          type: "list",
          data: [],
          total_count: 10_001,
          pages: { page: 1, total_pages: 167 },
        };
      }
      calls += 1;
      const data = calls < 2 ? page(0, 10_000) : page(10_000, 1);
      return { type: "list", data, scroll_param: "on" };
    });
    const list = await run<{ data: object[] }>("listCompanies", { fetchAll: true });
    expect(list.data).toHaveLength(10_001);
    expect(list).not.toHaveProperty("missing_count");
    expect(requests()).toBe(4);
  });

  const list = (page: number): List<{ id: string }> => ({
    data: Array.from({ length: 100_000 }, (_, index) => ({ id: `${page}-${index}` })),
    pages: { page, total_pages: page + 1, next: { starting_after: `after-${page}` } },
  });

  test("where every page has new rows, after a million of them", async () => {
    const walks = [byCursor, byNumber].map((walk) => {
      let pages = 0;
      return async () => {
        const read = async () => {
          pages += 1;
          return list(pages);
        };
        for await (const _ of walk(read)) {
          if (pages > 20) return "no end";
        }
        return "an end";
      };
    });
    for (const walk of walks) {
      await expect(walk()).rejects.toThrow("Intercom gave 1000000 records and a link to more");
    }
  });

  test("where every page of a scroll has new rows, after a million of them, and no scroll starts again", async () => {
    let pages = 0;
    const read = async () => {
      pages += 1;
      if (pages > 20) throw new Error("The scroll goes on.");
      return { data: list(pages).data, scroll_param: "on" };
    };
    const log = { debug: () => undefined };
    const http = { log } as unknown as Http;
    const completeness = async () => (read: object[]) => ({ count: read.length, expected: 0 });
    await expect(scrollOver(http, { what: "companies", read, completeness })).rejects.toThrow(
      "Intercom gave 1000000 companies and a cursor to more, so we stop here.",
    );
    expect(pages).toBe(10);
  });
});
