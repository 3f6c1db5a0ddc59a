import { isFailure } from "./answer";
import type { Company } from "./companies";
import { IntercomError, NoAnswerError, NotFoundError } from "./errors";
import type { Http } from "./http";
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

/** Tells whether what was read is all there is; asked anew for each scroll. */
export type Completeness = () => Promise<(read: Company[]) => boolean>;

/** @throws IntercomError where it breaks each time, or ends before it is whole. */
export async function scrollCompanies(http: Http, completeness: Completeness): Promise<Company[]> {
  for (let start = 1, busyPauses = 0; ; ) {
    try {
      return await scrollOnce(http, await completeness());
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

async function scrollOnce(http: Http, isWhole: (read: Company[]) => boolean) {
  const companies = new Map<string, Company>();
  for (let scrollParam: string | undefined; ; ) {
    const page: ScrollPage = await read(http, scrollParam).catch((error: unknown) => {
      // Its end is a 404 (singer-io/tap-intercom issue 77), and so is one that was forgotten.
      if (scrollParam !== undefined && error instanceof NotFoundError) return { data: [] };
      throw error;
    });
    for (const company of page.data) companies.set(company.id, company);
    http.log.debug(`Read ${companies.size}.`);
    if (page.data.length === 0 || !page.scroll_param) break;
    scrollParam = page.scroll_param;
  }
  const all = [...companies.values()];
  if (isWhole(all)) return all;
  throw new NoAnswerError(
    `Intercom ended the scroll over the companies after ${all.length}, before all were read.`,
  );
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
const isBroken = ({ status }: IntercomError): boolean => status === undefined || isFailure(status);
