import type { Company } from "../companies";
import { isFailure } from "./answer";
import { CutShortError, IntercomError, NoAnswerError, NotFoundError } from "./errors";
import type { Http } from "./http";
import { type Found, mostRecords, warnOfMissing } from "./pages";
import { path } from "./path";

/**
 * `GET /companies/scroll` (OpenAPI 2.16, scrollOverAllCompanies): every company, a hundred at a time
 * and in no order, for the workspaces that are too large for numbered pages.
 *
 * A call moves the scroll on, so one whose answer was lost must not be repeated: its page would be
 * missing. The scroll starts anew instead. A workspace has one scroll at a time, and forgets it after
 * a minute without a call.
 */
const mostStarts = 4;
const mostBusyPauses = 5;
const busyPauseMs = 15_000;

interface ScrollPage {
  data: Company[];
  scroll_param?: string | null;
}

/** Counts what we read against what there should be; asked anew for each scroll. */
export type Completeness = () => Promise<(read: Company[]) => { count: number; expected: number }>;

/**
 * What the first whole scroll gave, or what any of them gave where each ended too early.
 *
 * @throws IntercomError where the last one breaks, or none gives anything.
 */
export async function scrollCompanies(
  http: Http,
  completeness: Completeness,
): Promise<Found<Company>> {
  const found = new Map<string, Company>();
  for (let start = 1, busyPauses = 0; ; ) {
    try {
      const countOf = await completeness();
      const items = await scrollOnce(http);
      const { count, expected } = countOf(items);
      if (count >= expected) return { items, missing: 0 };
      for (const company of items) found.set(company.id, company);
      if (start === mostStarts && found.size > 0) {
        const all = [...found.values()];
        const { count } = countOf(all);
        const missing =
          count < expected ? warnOfMissing(count, expected, "companies", start, http.log) : 0;
        return { items: all, missing };
      }
      throw new NoAnswerError(
        `Intercom ended the scroll over the companies after ${items.length}, before all were read.`,
      );
    } catch (error) {
      if (!(error instanceof IntercomError)) throw error;
      if (error.code === "scroll_exists" && busyPauses < mostBusyPauses) {
        busyPauses += 1;
        await http.pause(busyPauseMs, "Another scroll over the companies is open.");
      } else if (isBroken(error) && start < mostStarts) {
        start += 1;
        http.log.warn(`The scroll over the companies broke and starts anew: ${error.message}`);
      } else {
        throw error;
      }
    }
  }
}

async function scrollOnce(http: Http): Promise<Company[]> {
  const companies = new Map<string, Company>();
  for (let scrollParam: string | undefined; ; ) {
    const page: ScrollPage = await read(http, scrollParam).catch((error: unknown) => {
      // Its end is a 404 (singer-io/tap-intercom issue 77), and so is one that was forgotten.
      if (scrollParam !== undefined && error instanceof NotFoundError) return { data: [] };
      throw error;
    });
    const countBefore = companies.size;
    for (const company of page.data) companies.set(company.id, company);
    http.log.debug(`Read ${companies.size}.`);
    // A page that repeats another would do so for ever.
    const isBarren = companies.size === countBefore;
    if (isBarren || !page.scroll_param) return [...companies.values()];
    if (companies.size >= mostRecords) {
      throw new CutShortError(`Intercom gave ${companies.size} companies and leads on.`);
    }
    scrollParam = page.scroll_param;
  }
}

const read = (http: Http, scrollParam?: string) =>
  http.send<ScrollPage>({
    purpose: "read all companies",
    permission: "Read and list users and companies",
    method: "GET",
    path: path`/companies/scroll`,
    query: { scroll_param: scrollParam },
    listedAs: "data",
    isRepeatable: false,
  });

/** No answer, a failure of Intercom's, or an end too early. */
const isBroken = (error: IntercomError): boolean =>
  !(error instanceof CutShortError) && (error.status === undefined || isFailure(error.status));
