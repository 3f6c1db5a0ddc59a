import type { RequestListener, ServerResponse } from "node:http";
import { contact } from "../../src/examples/contacts";

interface Options {
  count: number;
  /** Every how many requests fail; 0 means none. */
  failEvery?: number;
}

const firstSecond = 1_500_000_000;
const size = 150;

/** The ways in which a request fails, in turn. */
const failures = [
  (response: ServerResponse) => response.writeHead(500).end(),
  (response: ServerResponse) => response.destroy(),
  (response: ServerResponse) =>
    response.writeHead(200, { "content-length": 9_000 }).write('{"type":"list"', () => {
      response.destroy();
    }),
  (response: ServerResponse) => response.writeHead(502).end("<html>Bad Gateway</html>"),
];

/**
 * Answers `POST /contacts/search` over as many contacts as wanted, oldest first. Makes each contact
 * when a page needs it, and keeps none.
 */
export function manyContacts({ count, failEvery = 0 }: Options) {
  const asked = { requests: 0, failed: 0 };
  // Text with gaps, because writing each contact as JSON would take most of the time.
  const gap = "\u0000";
  const facts = { id: gap, email: `person-${gap}@example.org`, created_at: 0, updated_at: 0 };
  const [begin = "", middle = "", end = ""] = JSON.stringify({ ...contact, ...facts })
    .replaceAll(/"(?:created|updated)_at":0/g, (text) => `${text.slice(0, -1)}${firstSecond}`)
    .split("\\u0000");
  const answer: RequestListener = async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    asked.requests += 1;
    if (failEvery > 0 && asked.requests % failEvery === 0) {
      failures[asked.failed++ % failures.length]?.(response);
      return;
    }
    const { pagination } = JSON.parse(body) as { pagination: { starting_after?: string } };
    const from = Number(pagination.starting_after ?? 0);
    const to = Math.min(from + size, count);
    const rows = Array.from(
      { length: to - from },
      (_, index) => `${begin}${from + index}${middle}${from + index}${end}`,
    );
    const pages = {
      type: "pages",
      page: from / size + 1,
      per_page: size,
      total_pages: Math.ceil(count / size),
      next: to < count ? { starting_after: String(to) } : null,
    };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(
        `{"type":"list","total_count":${count},"pages":${JSON.stringify(pages)},"data":[${rows}]}`,
      );
  };
  return { answer, asked, pages: Math.ceil(count / size) };
}
