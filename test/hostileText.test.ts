import { type Connection, testing } from "@prismatic-io/spectral";
import { beforeAll, describe, expect, test } from "vitest";
import component from "../src/index";
import { openUse } from "./stage/openUse";
import { serve } from "./stage/serve";
import { type Inputs, loggerInto, tokenConnection } from "./stage/workbench";

const length = 50_000;
const repeat = (part: string) => part.repeat(length / part.length);

/** `url` is the URL of a server. */
const hostileTexts = (url: string): Record<string, string> => ({
  digits: repeat("9"),
  "digits and a letter": `${repeat("9")}x`,
  "a number without an end": `-1.${repeat("0")}e${repeat("9")}+`,
  "e and signs": `1${repeat("e+")}`,
  dots: repeat("."),
  dashes: repeat("-"),
  "a date with a long fraction": `2026-11-02T10:00:00.${repeat("1")}`,
  "a date with a long fraction and a letter": `2026-11-02T10:00:00,${repeat("1")}Q`,
  years: `${repeat("2019")}-`,
  "spaces around a letter": `${repeat(" ")}x${repeat(" ")}`,
  "at signs": repeat("@"),
  "hex digits": `${repeat("0123456789abcdef")}g`,
  "a URL of slashes": `${url}/${repeat("/")}x`,
  "steps up": `/${repeat("a/../")}x`,
  brackets: repeat("["),
  "nested objects": repeat('{"a":'),
  "nested lists that end": `${"[".repeat(length / 2)}${"]".repeat(length / 2)}`,
  "lone surrogates": repeat("\ud800"),
  "zero bytes": repeat("\u0000"),
  "combining marks": `a${repeat("\u0301")}`,
  "line breaks": repeat("\r\n"),
});

interface Field {
  key: string;
  type: string;
  collection?: string;
}

/** The ways in which an input may get a text: as it is, in a row, as a key, in JSON. */
function shapesFor({ type, collection }: Field, text: string): unknown[] {
  if (collection === "keyvaluelist") return [text, [{ key: text, value: text }]];
  if (collection === "valuelist") return [text, [text]];
  if (type === "code" || type === "data") {
    const query = { field: text, operator: "=", value: text };
    return [text, { [text]: text }, { a: { date: text } }, JSON.stringify({ query })];
  }
  return [text];
}

const msOf = async (work: () => unknown) => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/**
 * The processor time that this machine needs now to go over 3,000 texts of that length. Other programs
 * don't count. Quadratic work would go over each text 50,000 times.
 */
let boundMs = 0;
beforeAll(async () => {
  const text = repeat("x");
  boundMs = await msOf(() => {
    for (let times = 0; times < 3000; times += 1) JSON.stringify(/^[a-z]+$/.test(text) && text);
  });
});

async function expectLinear(name: string, work: () => Promise<unknown>) {
  const times: number[] = [];
  // A garbage collection may happen during one try.
  while (times.length < 3) {
    times.push(await msOf(() => work().catch(() => undefined)));
    if (Math.min(...times) < boundMs) return;
  }
  expect.fail(`${name} took ${times.map(Math.round)} ms, and ${Math.round(boundMs)} is the bound`);
}

const harness = testing.createHarness(component as never);

const runners: Record<string, (key: string, inputs: Inputs) => Promise<unknown>> = {
  actions: (key, inputs) => harness.action(key, inputs, { logger: loggerInto([]) } as never),
  triggers: (key, inputs) =>
    harness.trigger(key, undefined, inputs, { logger: loggerInto([]), instanceState: {} } as never),
  dataSources: (key, inputs) =>
    harness.dataSource(key, inputs, { logger: loggerInto([]) } as never),
};

const parts = Object.entries(runners).flatMap(([kind, run]) =>
  Object.values(component[kind as "actions" | "triggers" | "dataSources"]).map((part) => ({
    kind,
    key: part.key,
    fields: (part.inputs as Field[]).filter(({ type }) => type !== "connection"),
    run: (inputs: Inputs) => run(part.key, inputs),
  })),
);

/** A fast server that refuses every request. */
const refuseAll = () =>
  serve((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(400, { "Content-Type": "application/json" });
      response.end('{"type":"error.list","errors":[{"code":"bad_request"}]}');
    });
  });

/** Inputs with which a trigger or a data source runs as far as possible. */
const formInputs: Record<string, Inputs> = {
  ticketAttributesForm: { ticketTypeId: "1" },
  batchChangesTrigger: { resourceType: "contacts" },
  pollChangesTrigger: { resourceType: "contacts" },
};

describe("reading any text of 50,000 characters takes linear time", () => {
  test.each(parts.filter(({ fields }) => fields.length > 0))("$key", async (part) => {
    const inputs =
      part.kind === "actions" ? (await openUse(part.key)).inputs : formInputs[part.key];
    const url = await refuseAll();
    const connection = tokenConnection({ url, token: "token" });
    for (const field of part.fields) {
      for (const [name, text] of Object.entries(hostileTexts(url))) {
        for (const value of shapesFor(field, text)) {
          const given = { ...inputs, [field.key]: value };
          await expectLinear(`${name} in ${field.key}`, () => part.run({ connection, ...given }));
        }
      }
    }
  });

  test.each(component.connections)("the connection $key", async ({ key, inputs }) => {
    const url = await refuseAll();
    // An action that is not retried when the server closes the connection, so the test does not wait.
    const contact = { email: "ada@example.org", role: "user" };
    for (const { key: field } of inputs as Field[]) {
      for (const [name, text] of Object.entries(hostileTexts(url))) {
        const connection = {
          key,
          configVarKey: "Intercom connection",
          token: { access_token: field === "clientId" ? text : "token" },
          fields: { accessToken: "token", clientSecret: "secret", baseUrl: url, [field]: text },
        } as unknown as Connection;
        await expectLinear(`${name} in ${field}`, async () => {
          await runners
            .actions?.("createContact", { connection, ...contact })
            .catch(() => undefined);
          await runners.triggers?.("webhook", { connection });
        });
      }
    }
  });
});
