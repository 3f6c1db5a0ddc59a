import { expect, onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../sandbox/index";
import { describeApi, openApiFolder } from "./openapi";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the body of an answer, which tests read freely
  body: any;
}

export interface Bench {
  sandbox: Sandbox;
  /** The sandbox's clock, which only the test moves. */
  clock: { ms: number; forward(ms: number): void };
  /** Sends a request, and checks the answer against the description of the request's version. */
  call(method: string, path: string, body?: unknown, version?: string): Promise<Answer>;
}

export const minute = 60_000;
export const day = 24 * 60 * minute;

const undescribed = ["/oauth", "/auth/eagle/token"];

/** Checks an answer against the description of the version, and returns the body. */
export function judge(
  { method, url, version }: { method: string; url: string; version: string },
  { status, text }: { status: number; text: string },
) {
  const body = text === "" ? undefined : JSON.parse(text);
  const { pathname, search } = new URL(url);
  if (openApiFolder && !undescribed.includes(pathname)) {
    const request = { method, path: pathname + search };
    const problems = describeApi(version).problemsOfAnswer(request, { status, body });
    expect(problems, `${method} ${pathname} in ${version}`).toEqual([]);
  }
  return body;
}

/** A sandbox for one test, whose clock stands at noon in New York. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Bench> {
  const clock = {
    ms: Date.UTC(2026, 2, 3, 17),
    forward(ms: number) {
      clock.ms += ms;
    },
  };
  const sandbox = await startSandbox({ now: () => clock.ms, seed: "empty", ...options });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    clock,
    async call(method, path, body, version = "2.16") {
      const url = sandbox.url + path;
      const response = await fetch(url, {
        method,
        headers: {
          Authorization: `Bearer ${sandbox.token}`,
          "Content-Type": "application/json",
          "Intercom-Version": version,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { status, headers } = response;
      const text = await response.text();
      return { status, headers, body: judge({ method, url, version }, { status, text }) };
    },
  };
}

/** The first error of a refusal, with its status: what most tests of refusals compare. */
export const refusal = ({ status, body }: Answer) => ({ status, ...body.errors?.[0] });

/** Companies named c1, c2 … in order of age. Each has a contact, so that lists show the company. */
export function fillCompanies({ sandbox }: Bench, count: number): string[] {
  const { companies, contacts } = sandbox.workspace;
  const contact = contacts.create({ role: "lead" });
  return Array.from({ length: count }, (_, at) => {
    const row = companies.upsert({ companyId: `c${at + 1}`, name: `C ${at + 1}` });
    // A contact may have at most a thousand companies.
    companies.attach(at < 1000 ? contact : contacts.create({ role: "lead" }), row);
    return row.companyId;
  });
}

/** Your ids of the companies in a list. */
export const companyIdsOf = (body: { data: { company_id: string }[] }) =>
  body.data.map((row) => row.company_id);

/** The names that a query finds, in alphabetical order. */
export async function namesFound(
  { call }: Bench,
  query: unknown,
  version = "2.16",
): Promise<string> {
  const { body } = await call("POST", "/contacts/search", { query }, version);
  return body.data
    .map(({ name }: { name: string }) => name)
    .sort()
    .join(" ");
}
