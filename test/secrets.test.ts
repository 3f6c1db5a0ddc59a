import { inspect } from "node:util";
import { type Connection, testing } from "@prismatic-io/spectral";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import component from "../src/index";
import { NotFoundError } from "../src/intercom/wire/errors";
import { redaction } from "../src/intercom/wire/redact";
import { withoutSecrets } from "../src/secrets";
import { type Inputs, openWorkbench, runClockFast } from "./stage/workbench";
import { useOf } from "./uses/index";

/** `SECRET_RUNS=100 npx vitest run test/secrets.test.ts` tries more. */
const runsPerInput = Number(process.env.SECRET_RUNS ?? 12);

const refreshToken = "cmVmcmVzaDo/sandbox+1234-abcd==";
const clientSecret = 'f81d4fae-7dec/"11d0"-a765 00a0c91e6bf6';
const webhookSecret = "0c2b=9e1&7f4d+4a6b/8d3e";

const codes = (text: string, write: (code: number) => string) =>
  [...text].map((character) => write(character.charCodeAt(0))).join("");
const hex = (code: number, width: number) => code.toString(16).padStart(width, "0");
const toBase64 = (text: string) => Buffer.from(text).toString("base64");
const named = new Map([
  ["=", "&equals;"],
  ["&", "&amp;"],
  ['"', "&quot;"],
  ["/", "&sol;"],
  ["+", "&plus;"],
]);

/** The forms that a secret may have in a text. */
const forms: Record<string, (secret: string) => string> = {
  itself: (secret) => secret,
  "in lower case": (secret) => secret.toLowerCase(),
  "percent-encoded": encodeURIComponent,
  "percent-encoded in lower case": (secret) => codes(secret, (code) => `%${hex(code, 2)}`),
  "percent-encoded twice": (secret) => encodeURIComponent(encodeURIComponent(secret)),
  "in a form's encoding": (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
  "in base64": toBase64,
  "in base64 behind one character": (secret) => toBase64(`a${secret}`),
  "in base64 behind two characters": (secret) => toBase64(`ab${secret}:`),
  "in base64 for URLs": (secret) => Buffer.from(`user:${secret}`).toString("base64url"),
  "in HTML's numbers": (secret) => codes(secret, (code) => `&#${code};`),
  "in HTML's hexadecimal numbers": (secret) => codes(secret, (code) => `&#x${hex(code, 2)};`),
  "with HTML's names": (secret) => secret.replace(/[=&"/+]/g, (found) => named.get(found) ?? ""),
  "escaped as in JSON": (secret) => codes(secret, (code) => `\\u${hex(code, 4)}`),
  "escaped as in JSON twice": (secret) => codes(secret, (code) => `\\\\u${hex(code, 4)}`),
  "escaped as in a script": (secret) => codes(secret, (code) => `\\x${hex(code, 2)}`),
  "as text in JSON": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
};

const ofCode = (code: string, base = 16) => String.fromCharCode(Number.parseInt(code, base));

const undo: ((text: string) => string)[] = [
  (text) =>
    text.replace(/(%[0-9a-f]{2})+/gi, (found) =>
      Buffer.from(found.replaceAll("%", ""), "hex").toString(),
    ),
  (text) => text.replace(/&#x([0-9a-f]+);/gi, (_, code) => ofCode(code)),
  (text) => text.replace(/&#(\d+);/g, (_, code) => ofCode(code, 10)),
  (text) => [...named].reduce((rest, [character, name]) => rest.replaceAll(name, character), text),
  (text) =>
    text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(["'\\/]))/gi, (_, long, short, same) =>
      same ? same : ofCode(long ?? short),
    ),
];

/** The length of a part of a secret that nobody should read. */
const telling = 12;
/** Every such part contains a hint that begins at a multiple of the step. */
const step = 6;
const hint = telling - step + 1;

const partsOf = (text: string, length: number) =>
  Array.from({ length: Math.max(1, text.length - length + 1) }, (_, start) =>
    text.slice(start, start + length),
  );

/** The parts that reveal a secret, in lower case, as plain text and in base64. */
function tellingOf(secret: string) {
  // In base64 the characters at both ends also encode the neighbours.
  const inBase64 = ["", "a", "ab"].flatMap((before) => {
    const inner = toBase64(before + secret).slice(4, -4);
    return [inner, inner.replaceAll("+", "-").replaceAll("/", "_")];
  });
  const texts = [secret, ...inBase64].map((text) => text.toLowerCase());
  return {
    hints: new Set(texts.flatMap((text) => partsOf(text, hint))),
    parts: new Set(texts.flatMap((text) => partsOf(text, telling))),
  };
}

const tellings = new Map<string, ReturnType<typeof tellingOf>>();

/** Whether a lower-case text reveals a part of a secret. */
function isToldIn(text: string, secret: string): boolean {
  const { hints, parts } = tellings.get(secret) ?? tellingOf(secret);
  tellings.set(secret, { hints, parts });
  for (let at = 0; at < text.length; at += step) {
    if (!hints.has(text.slice(at, at + hint))) continue;
    const around = text.slice(Math.max(0, at - step + 1), at + telling);
    if (partsOf(around, telling).some((part) => parts.has(part))) return true;
  }
  return false;
}

/** The secrets that somebody could read in a text, in any form. */
function secretsIn(text: string, secrets: string[]): string[] {
  const readings = new Set([text]);
  let last = text;
  for (let times = 0; times < 4; times += 1) {
    last = undo.reduce((rest, one) => one(rest), last);
    readings.add(last);
  }
  const texts = [...readings].map((reading) => reading.toLowerCase());
  return secrets.filter((secret) => texts.some((reading) => isToldIn(reading, secret)));
}

test("the judge of these tests finds every secret in every form, also a part of one", () => {
  const secrets = [refreshToken, clientSecret, webhookSecret];
  for (const secret of secrets) {
    for (const [name, write] of Object.entries(forms)) {
      expect(secretsIn(`a ${write(secret)} b`, secrets), name).toEqual([secret]);
      expect(secretsIn(JSON.stringify({ a: write(secret) }), secrets), name).toEqual([secret]);
    }
    for (const [at, part] of partsOf(secret, telling).entries()) {
      expect(secretsIn(`${".".repeat(at % step)}${part}`, secrets)).toEqual([secret]);
      expect(secretsIn(part.slice(1), secrets)).toEqual([]);
    }
  }
  expect(secretsIn('"Role" must be one of user, lead, not "[secret]".', secrets)).toEqual([]);
});

/** Everything that a person may see of an error. */
const shownOf = (error: unknown): string[] => [
  inspect(error, { depth: 20, showHidden: true, maxStringLength: null }),
  JSON.stringify(error) ?? "",
  ...(error instanceof Error
    ? [error.message, error.stack ?? "", inspect(error.cause), JSON.stringify({ ...error })]
    : []),
];

interface Field {
  key: string;
  type: string;
}

/** The places in the inputs where a secret may be. */
const shapes: Record<string, (text: string, key: string) => unknown> = {
  alone: (text) => text,
  "behind as much as fits": (text) => `${"x".repeat(70)}${text}`,
  "in broken JSON": (text) => `{"role": "${text}"`,
  "in JSON": (text) => `{"field": "${text}", "operator": "${text}", "value": "${text}"}`,
  "as the name of an attribute": (text) => ({ [text]: { [text]: { a: text } } }),
  "in a list": (text) => [text, { [text]: text }],
  "in an object": (text, key) => ({ [key]: text, Authorization: `Bearer ${text}` }),
  "in rows": (text) => [
    { key: "X-A", value: text },
    { key: text, value: text },
  ],
  "in rows without a name": (text) => [{ key: "", value: `Bearer ${text}` }],
  "in a row of text": (text) => [`Authorization: Bearer ${text}`],
  "as bytes": (text) => Buffer.from(text),
  "in a function": (text) => Object.assign(() => text, { text }),
};

describe("no run shows a secret of its connection", () => {
  /** A workspace, a connection with all secrets, and all output of a run. */
  async function open() {
    const bench = await openWorkbench();
    const { sandbox, log } = bench;
    const known = new Map<string, Inputs>();
    /** The same inputs each time, so that each record is created once. */
    const inputsOf = (key: string) => {
      const inputs = known.get(key) ?? useOf(key).inputs(sandbox.workspace);
      known.set(key, inputs);
      return inputs;
    };
    const connection: Connection = {
      key: "intercom",
      configVarKey: "Intercom connection",
      fields: { clientId: "1", clientSecret, baseUrl: sandbox.url, region: "", apiVersion: "2.11" },
      token: { access_token: sandbox.token, refresh_token: refreshToken, token_type: "Bearer" },
    };
    const harness = testing.createHarness(component);
    const logger = Object.fromEntries(
      ["metric", "trace", "debug", "info", "log", "warn", "error"].map((level) => [
        level,
        (...words: unknown[]) => void log.push(words.join(" ")),
      ]),
    );
    const context = { logger, instanceState: {} } as never;
    const perform = {
      actions: async (key: string, given: object) => {
        await harness.action(key, { connection, ...inputsOf(key), ...given }, context);
      },
      dataSources: (key: string, given: object) =>
        harness.dataSource(key, { connection, ...given }, context),
      triggers: (key: string, given: object) => {
        const usual = { connection, resourceType: "contacts", clientSecret: webhookSecret };
        const payload = { headers: {}, rawBody: { data: "{}" } } as never;
        return harness.trigger(key, payload, { ...usual, ...given }, context);
      },
    };
    return {
      ...bench,
      connection,
      secrets: [sandbox.token, refreshToken, clientSecret, webhookSecret],
      /** Runs a part, and returns all its output, except an action's result. */
      async said(group: keyof typeof perform, key: string, given: object) {
        log.length = 0;
        const shown = await perform[group](key, given).then(
          (result) => [JSON.stringify(result) ?? ""],
          shownOf,
        );
        return [...shown, ...log].join("\n");
      },
    };
  }

  const groups = ["actions", "triggers", "dataSources"] as const;
  const parts = groups.flatMap((group) =>
    Object.keys(component[group]).map((key) => ({ group, key })),
  );

  test.each(parts)("pasted into the inputs of $key of the $group", async ({ group, key }) => {
    runClockFast();
    const { said, secrets } = await open();
    const fields = component[group][key]?.inputs as Field[];
    // The input Client Secret is a secret too.
    const own = key === "webhook" ? secrets : secrets.slice(0, 3);
    for (const field of fields.filter(({ type }) => type !== "connection")) {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...own),
          fc.constantFrom(...Object.keys(forms)),
          fc.constantFrom(...Object.keys(shapes)),
          async (secret, form, shape) => {
            const text = forms[form]?.(secret) ?? "";
            const debug = key === "rawRequest" ? { debugRequest: "true", timeout: "1000" } : {};
            const given = { ...debug, [field.key]: shapes[shape]?.(text, field.key) };
            const all = await said(group, key, given);
            expect(secretsIn(all, own), `${field.key}: ${all}`).toEqual([]);
          },
        ),
        { numRuns: runsPerInput },
      );
    }
  });

  test("that Intercom returns in an error, in any form", async () => {
    runClockFast();
    const { said, sandbox, secrets } = await open();
    const own = secrets.slice(0, 3);
    const echoed = own.flatMap((secret) => Object.values(forms).map((write) => write(secret)));
    const tries = [
      ...[302, 401, 403, 422].map((status) => ({ status, group: "actions", key: "createTag" })),
      { status: 400, group: "dataSources", key: "selectTag" },
      { status: 400, group: "triggers", key: "pollChangesTrigger" },
      ...["json", "text", "arraybuffer"].map((responseType) => ({
        status: 400,
        group: "actions",
        key: "rawRequest",
        given: { responseType, debugRequest: "true" },
      })),
    ] as { status: number; group: (typeof groups)[number]; key: string; given?: object }[];
    for (const { status, group, key, given = {} } of tries) {
      sandbox.faults.add({
        kind: "status",
        status,
        headers: {
          location: `https://example.org/${echoed.join("/")}`,
          "x-request-id": echoed.join(" "),
        },
        body: {
          type: "error.list",
          errors: echoed.map((text) => ({
            code: text,
            message: `Bearer ${text} is none`,
            field: { [text]: [text] },
          })),
        },
      });
      const all = await said(group, key, given);
      expect(secretsIn(all, own), `${key} ${status}: ${all}`).toEqual([]);
      expect(all).toContain("[secret]");
    }
  });

  test("in a data source's labels", async () => {
    const { said, sandbox, secrets } = await open();
    sandbox.workspace.tags.findOrCreate(`For ${clientSecret}`);
    const all = await said("dataSources", "selectTag", {});
    expect(all).toContain("For [secret]");
    expect(secretsIn(all, secrets)).toEqual([]);
  });

  test("in the options of a form", async () => {
    const { said, sandbox, secrets } = await open();
    const option = { id: "1", label: `As ${clientSecret}` };
    const attribute = { id: "2", name: "Way", data_type: "list" };
    const attributes = [{ ...attribute, input_options: { list_options: [option] } }];
    const type = { id: "3", name: "Bug", ticket_type_attributes: { data: attributes } };
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data: [type] } });
    const all = await said("dataSources", "ticketAttributesForm", { ticketTypeId: "3" });
    expect(all).toContain('"As [secret]"');
    expect(secretsIn(all, secrets)).toEqual([]);
  });

  test("in a poll's warnings about records that it can't read", async () => {
    const { said, log, sandbox, secrets } = await open();
    await said("triggers", "pollChangesTrigger", {});
    const data = [{ type: "contact", id: clientSecret, updated_at: "never" }];
    sandbox.faults.add({ kind: "status", status: 200, body: { type: "list", data } });
    await said("triggers", "pollChangesTrigger", {});
    expect(log.join("\n")).toContain('"updated_at" of [secret]:');
    expect(secretsIn(log.join("\n"), secrets)).toEqual([]);
  });

  test("in the cause of an error", () => {
    const error = new NotFoundError("Not found.", { status: 404 });
    error.cause = new Error(`GET /?token=${refreshToken}`, { cause: clientSecret });
    const known = redaction([refreshToken, clientSecret]);
    const shown = shownOf(withoutSecrets(error, known)).join("\n");
    expect(shown).toContain("GET /?token=[secret]");
    expect(secretsIn(shown, [refreshToken, clientSecret])).toEqual([]);
  });

  test("pasted into another field of the connection", async () => {
    const { said, connection, sandbox, secrets } = await open();
    const own = secrets.slice(0, 3);
    for (const secret of own) {
      for (const change of [
        { key: secret },
        { configVarKey: secret, fields: { ...connection.fields, region: "Mars" } },
        ...["region", "apiVersion", "baseUrl"].flatMap((field) =>
          [
            secret,
            `https://${encodeURIComponent(secret)}@example.org`,
            `ftp://${sandbox.token}`,
          ].map((text) => ({ fields: { ...connection.fields, [field]: text } })),
        ),
      ]) {
        const all = await said("actions", "listTags", { connection: { ...connection, ...change } });
        expect(secretsIn(all, own), JSON.stringify(change)).toEqual([]);
      }
    }
  });

  test("in an error of a library, which may hold a whole request", async () => {
    const { connection, sandbox, secrets } = await open();
    const [token = ""] = secrets;
    const config = { headers: { Authorization: `Bearer ${token}` } };
    const fails = () => {
      const error = new TypeError(`Can't read ${token}`, { cause: new Error(token) });
      throw Object.assign(error, { config, request: { config }, code: token });
    };
    const logger = { debug: fails, info: fails, warn: fails };
    const error = await testing
      .createHarness(component)
      .action("listTags", { connection }, { logger } as never)
      .catch((error: unknown) => error);
    expect(sandbox.requests).toHaveLength(1);
    expect(error).toMatchObject({ name: "TypeError", message: "Can't read [secret]" });
    expect(Object.keys(error as object)).not.toEqual(expect.arrayContaining(["config"]));
    expect((error as Error).cause).toBeUndefined();
    expect(secretsIn(shownOf(error).join("\n"), secrets)).toEqual([]);
  });

  test("cut by the end of a quote or of a logged body", async () => {
    const { said, secrets } = await open();
    const [token = ""] = secrets;
    for (let before = 20; before < 84; before += 3) {
      const all = await said("actions", "createContact", { role: `${"x".repeat(before)}${token}` });
      expect(secretsIn(all, secrets), all).toEqual([]);
    }
    for (let before = 9_940; before <= 10_000; before += 20) {
      const data = `${"x".repeat(before)}${encodeURIComponent(token)}${token.repeat(200)}`;
      const raw = { method: "POST", url: "/nope", debugRequest: "true", data };
      const all = await said("actions", "rawRequest", raw);
      expect(secretsIn(all, secrets)).toEqual([]);
      expect(all).toContain("x".repeat(9_000));
    }
    // Hidden secrets make the text shorter, so the part of a secret after them may come into view.
    for (let before = 0; before < 52; before += 7) {
      const data = `${"x".repeat(before)}${token.repeat(400)}`;
      const raw = { method: "POST", url: "/nope", debugRequest: "true", data };
      expect(secretsIn(await said("actions", "rawRequest", raw), secrets)).toEqual([]);
    }
  });

  test("or any value of a header, or of a wrong row in Header", async () => {
    const { said } = await open();
    const foreign = "s3cr3t-of-another-service";
    for (const headers of [
      foreign,
      { Authorization: foreign },
      [foreign],
      [[foreign]],
      [{ key: "", value: foreign }],
      [{ key: { foreign }, value: foreign }],
      [{ key: `Authorization: Bearer ${foreign}`, value: "x" }],
      [{ key: "Authorization", value: foreign }],
      [{ key: "X-A", value: `${foreign}\nb` }],
      [{ key: "X-A", value: new Map([[foreign, foreign]]) }],
      [
        { key: "Cookie", value: foreign },
        { key: "X-Api-Key", value: foreign },
        { key: "X-Auth-Token", value: foreign },
      ],
    ]) {
      const all = await said("actions", "rawRequest", { headers, debugRequest: "true" });
      expect(all, JSON.stringify(headers)).not.toContain("s3cr3t");
    }
  });
});

describe("a secret", () => {
  test("of fewer than eight characters leaves sentences unchanged", async () => {
    const { connection, refusal, sandbox } = await openWorkbench();
    for (const secret of ["a", "2", "role", "user"]) {
      const fields = { ...connection.fields, clientSecret: secret, accessToken: secret };
      const error = await refusal("createContact", {
        connection: { ...connection, fields },
        email: "ada@example.org",
        role: "a user's role, 2",
      });
      expect(error.message).toBe('"Role" must be one of user, lead, not "a user\'s role, 2".');
    }
    expect(sandbox.requests).toEqual([]);
  });

  test("of fewer than eight characters is hidden where it stands alone", async () => {
    const { connection, refusal } = await openWorkbench();
    const fields = { ...connection.fields, accessToken: "hunter2" };
    const given = { connection: { ...connection, fields }, email: "ada@example.org" };
    expect((await refusal("createContact", { ...given, role: " hunter2" })).message).toBe(
      '"Role" must be one of user, lead, not "[secret]".',
    );
  });

  test("is found in time in proportion to the text, for any text", () => {
    const secret = "ab".repeat(30);
    const { text } = redaction([secret, "%25".repeat(12), "\\".repeat(30)]);
    // We measure processor time, so that a busy machine does not matter.
    const timed = (hostile: string) => {
      const before = process.cpuUsage();
      text(hostile);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    };
    for (const piece of [
      "ab",
      "%25",
      "\\",
      "\\u005c",
      "&#37;",
      "&amp;",
      "YWJhYmFi",
      "97,98,",
      " ",
    ]) {
      const short = timed(piece.repeat(20_000));
      const long = timed(piece.repeat(160_000));
      // The long text is 8 times as long; a quadratic search would take minutes for it.
      expect(long, piece).toBeLessThan(40 * short + 1000);
    }
  });

  test("is searched only in the logged part of a body", async () => {
    const { log, run, sandbox } = await openWorkbench();
    const data = JSON.stringify({ name: "VIP", more: "x%".repeat(5_000_000) });
    await run("rawRequest", { method: "POST", url: "/tags", data, debugRequest: "true" });
    expect(sandbox.requests).toHaveLength(1);
    expect(log.join("\n").length).toBeLessThan(30_000);
  });
});
