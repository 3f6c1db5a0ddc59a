import fc from "fast-check";
import { describe, expect, test } from "vitest";
import component from "../src/index";
import { InvalidInputError } from "../src/intercom/wire/errors";
import { describeApi, describeWithOpenApi } from "./judges/openapi";
import { openUse } from "./stage/openUse";
import { openWorkbench } from "./stage/workbench";

interface FormField {
  key: string;
  label: string;
  type: string;
}

/** `INPUT_RUNS=1000 npm test -- inputs` tries more. */
const runsPerInput = Number(process.env.INPUT_RUNS ?? 12);

const formOf = (key: string) =>
  ((component.actions[key]?.inputs ?? []) as FormField[]).filter(
    ({ type }) => type !== "connection",
  );

const nasty = [
  "../companies/1",
  "a/b?c=d#e",
  "%2e%2e%2f",
  ".",
  "..",
  "line\r\nbreak",
  "\u0000",
  "👩‍💻",
  "\ud800",
  "😀".repeat(10_000),
  "x".repeat(10_000),
  "false",
  "null",
  "__proto__",
  '{"__proto__": {"polluted": true}}',
  "[".repeat(10_000),
  `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
  "9".repeat(400),
  "1e309",
  "-0",
  "2026-02-30",
];

/** An object that holds itself. */
function circular(): object {
  const value: Record<string, unknown> = {};
  value.self = value;
  return value;
}

/** Any character. (fast-check's own unit "binary" takes a second to begin with.) */
const character = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));

/** Values that a form, an earlier step or a mistake in code may give. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: character, maxLength: 50 }) },
  // Some of these names exist on every object.
  { weight: 1, arbitrary: fc.string({ maxLength: 50 }) },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.bigInt(), fc.boolean()) },
  { weight: 1, arbitrary: fc.constantFrom(null, undefined, new Date(Number.NaN), new Date(0)) },
  { weight: 1, arbitrary: fc.date() },
  { weight: 2, arbitrary: fc.json() },
  { weight: 2, arbitrary: fc.object({ withBigInt: true, withNullPrototype: true }) },
  { weight: 1, arbitrary: fc.array(fc.anything(), { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.constantFrom(circular(), () => 1, Symbol("x"), Buffer.from("x")) },
);

/** The user's own words in Intercom's notation, so what they hold is not held against Intercom's. */
const isOwnWords = (key: string) =>
  ["additionalFields", "jsonQuery", "translatedContent"].includes(key);

describeWithOpenApi("whatever an input is given", () => {
  const pairs = Object.keys(component.actions)
    .filter((key) => key !== "rawRequest")
    .flatMap((key) => formOf(key).map((field) => ({ key, field, name: `${key}.${field.key}` })));

  describe.each(["2.11", "2.16"])("with API version %s", (apiVersion) => {
    test.each(pairs)(
      "$name is sent as Intercom describes it, or nothing is sent and the refusal names it",
      async ({ key, field }) => {
        const { inputs, run, sandbox } = await openUse(key, { apiVersion });
        await fc.assert(
          fc.asyncProperty(anything, async (value) => {
            sandbox.requests.length = 0;
            const error = await run(key, { ...inputs, [field.key]: value }).catch(
              (error: unknown) => error,
            );
            if (error instanceof InvalidInputError) {
              expect(error.message).toContain(`"${field.label}"`);
              expect(error.message.length).toBeLessThan(400);
              expect(sandbox.requests).toEqual([]);
              return;
            }
            if (isOwnWords(field.key)) return;
            const problems = sandbox.requests.flatMap((request) =>
              describeApi(request.apiVersion).problemsOfRequest(request),
            );
            expect(problems).toEqual([]);
            expect(error instanceof Error ? error.name : "").not.toMatch(
              /TypeError|RangeError|^Error$/,
            );
          }),
          { numRuns: runsPerInput },
        );
      },
    );
  });
});

describe("a raw request", () => {
  const hosts = fc.constantFrom(
    "api.intercom.io",
    "api.eu.intercom.io",
    "api.intercom.io.example.org",
    "api.intercom.io@example.org",
    "example.org",
    "127.0.0.1",
    "[::1]",
    "localhost",
  );
  const urls = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: character, maxLength: 40 }),
    fc.constantFrom(...nasty.filter((text) => text.length < 1000)),
    fc
      .tuple(
        fc.constantFrom(
          "https://",
          "http://",
          "//",
          "\\\\",
          "https:/",
          "HTTPS://",
          "ftp://",
          " https://",
        ),
        hosts,
        fc.constantFrom("", ":8443", "/tags", "\\@example.org", "?x", "#x"),
      )
      .map((parts) => parts.join("")),
  );

  test("goes only to the connection's host or to Intercom's, or is refused by name", async () => {
    const { run, sandbox } = await openWorkbench();
    const allowed = [sandbox.url, "https://api.intercom.io", "https://api.eu.intercom.io"];
    await fc.assert(
      fc.asyncProperty(urls, async (url) => {
        sandbox.requests.length = 0;
        const error = await run("rawRequest", { method: "GET", url }).catch(
          (error: Error) => error,
        );
        if (error instanceof InvalidInputError) {
          expect(error.message).toContain('"URL"');
          expect(sandbox.requests).toEqual([]);
        } else if (sandbox.requests.length === 0) {
          const [, went = ""] = /asked to GET (\S+?):? /.exec((error as Error).message) ?? [];
          expect(allowed).toContain(new URL(went).origin);
        }
      }),
      { numRuns: runsPerInput * 16 },
    );
  });

  test("sends headers unchanged and keeps the token, or refuses them by name", async () => {
    const { run, sandbox } = await openWorkbench();
    const name = fc.oneof(
      fc.constantFrom(
        "X-Trace",
        "Authorization",
        "AUTHORIZATION",
        "Host",
        "X A",
        "X:A",
        "__proto__",
        "",
      ),
      fc.string({ maxLength: 10 }),
    );
    await fc.assert(
      fc.asyncProperty(name, anything, async (key, value) => {
        sandbox.requests.length = 0;
        const headers = [{ key, value }];
        const error = await run("rawRequest", { method: "GET", url: "/me", headers }).catch(
          (error: Error) => error,
        );
        if (error instanceof InvalidInputError) {
          expect(error.message).toContain('"Header"');
          expect(sandbox.requests).toEqual([]);
        } else {
          expect(sandbox.requests.map(({ status }) => status)).not.toContain(401);
        }
      }),
      { numRuns: runsPerInput * 16 },
    );
  });
});

test("no given value has changed Object.prototype", () => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
