import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coverage } from "../sandbox/coverage";
import { samples } from "../src/examples/notifications";
import component from "../src/index";
import { topics } from "../src/intercom/topics";

interface Shown {
  key: string;
  label: string;
  type: string;
  required?: boolean;
  shown?: boolean;
  default?: unknown;
  comments?: string;
  model?: { label: string; value: string }[];
}

const origin = "Made by `npm run docs`; edit the code instead.";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(cell).join(" | ")} |`)
    .join("\n");

const choiceText = ({ label, value }: { label: string; value: string }): string =>
  label === value ? `\`${value}\`` : `${label} (\`${value === "" ? '""' : value}\`)`;

function inputTable(inputs: Shown[]): string {
  const rows = inputs
    .filter(({ type }) => type !== "connection")
    .map((input) => [
      input.required ? `${input.label} \\*` : input.label,
      `\`${input.key}\``,
      input.type,
      input.default ? `\`${input.default}\`` : "",
      [
        input.comments,
        input.model && `One of ${input.model.map(choiceText).join(", ")}`,
        input.shown === false && "Hidden",
      ]
        .filter((sentence) => sentence)
        .map((sentence) => `${sentence}`.replace(/\.?$/, "."))
        .join(" "),
    ]);
  return rows.length === 0
    ? "No inputs."
    : table(["Input", "Key", "Type", "Default", "Notes"], rows);
}

const example = (summary: string, payload: unknown): string =>
  `<details><summary>${summary}</summary>\n\n\`\`\`json\n${JSON.stringify(payload, null, 2)}\n\`\`\`\n\n</details>`;

function actionsPage(): string {
  const connections = component.connections.map(
    ({ label, key, comments, inputs }) =>
      `### ${label}\n\n${comments}. Key: \`${key}\`\n\n${inputTable(inputs as Shown[])}`,
  );
  const actions = Object.values(component.actions)
    .sort((a, b) => a.display.label.localeCompare(b.display.label))
    .map(({ key, display, inputs, examplePayload }) =>
      [
        `### ${display.label}`,
        `${display.description.replace(/\.$/, "")}. Key: \`${key}\``,
        inputTable(inputs as Shown[]),
        ...(examplePayload === undefined ? [] : [example("What it gives", examplePayload)]),
      ].join("\n\n"),
    );
  const triggers = Object.values(component.triggers).map(({ key, display, inputs }) =>
    [
      `### ${display.label}`,
      `${display.description.replace(/\.$/, "")}. Key: \`${key}\``,
      inputTable(inputs as Shown[]),
    ].join("\n\n"),
  );
  return [
    "# Connections, actions, triggers and data sources",
    `${origin} What has a star must be filled in. An ID that can't be left out is refused when it is blank, starred or not.`,
    "## Connections",
    ...connections,
    "## Actions",
    ...actions,
    "## Triggers",
    ...triggers,
    "## Data sources",
    table(
      ["Data source", "Key", "Inputs", "What it is for"],
      Object.values(component.dataSources).map(({ key, display, inputs }) => [
        display.label,
        `\`${key}\``,
        (inputs as Shown[])
          .filter(({ type }) => type !== "connection")
          .map(({ label }) => label)
          .join(", "),
        `${display.description}.`,
      ]),
    ),
  ].join("\n\n");
}

/** How to steer it by hand. */
const steering = `## Start it

\`npm run sandbox\` listens on http://127.0.0.1:4010 and prints the token that it takes. \`npm run sandbox -- --port 4020\` takes another port, \`--data FOLDER\` keeps its state from one run to the next, \`--log\` prints each request. What it holds at first is in [seed.ts](../sandbox/seed.ts) and [seedData.ts](../sandbox/seedData.ts): 40 contacts, 15 companies, tags, segments, ticket types, and the custom attributes that can be written.

## Keep its state

With \`--data FOLDER\` the sandbox writes each change to the folder before it answers. A crash or a \`kill -9\` of the sandbox loses nothing that it answered; a power cut may lose the last seconds. The folder holds contacts, companies, tags, tickets, conversations, ids, the open scroll, OAuth codes, webhooks and notifications to be sent. It does not hold settings, faults, the logs, or which writes the search has not indexed yet.

One sandbox at a time can use a folder. Where the disk fails, the sandbox says so once and goes on in memory. \`POST /_sandbox/reset\` empties the folder too. To copy a folder, end the sandbox first.

## Steer it

What steers it is under \`/_sandbox/\`, takes no token and is in no log.

\`\`\`
curl localhost:4010/_sandbox/state                      # how much of everything there is
curl localhost:4010/_sandbox/requests                   # the last 5,000 requests
curl -X POST localhost:4010/_sandbox/reset              # back to the seed, knobs and webhooks too; -d '{"seed":"empty"}' for nothing
curl localhost:4010/_sandbox/settings                   # the knobs
curl -X PATCH localhost:4010/_sandbox/settings -d '{"latencyMs":50,"requestsPerWindow":20}'
curl -X POST localhost:4010/_sandbox/faults -d '{"kind":"rateLimited","resetInSeconds":5}'
curl -X POST localhost:4010/_sandbox/faults -d '{"kind":"status","status":500,"path":"/tags","times":3}'
curl -X POST localhost:4010/_sandbox/storm -d '{"seed":7,"share":0.2}'
curl -X DELETE localhost:4010/_sandbox/faults
curl -X POST localhost:4010/_sandbox/webhooks -d '{"url":"http://127.0.0.1:3000/","topics":["contact.archived"]}'   # what listens there must answer HEAD
curl localhost:4010/_sandbox/webhooks                   # who is told of what, and the last 5,000 attempts
curl -X DELETE localhost:4010/_sandbox/webhooks
\`\`\`

The kinds of faults are in [faults.ts](../sandbox/faults.ts); over HTTP, \`"times":"always"\` strikes without end. The knobs are in [settings.ts](../sandbox/settings.ts). What is not understood is refused by one sentence, and nothing is changed.

## Who may use it

The sandbox answers programs on this machine. It refuses web pages of other sites: \`Host\` must be \`127.0.0.1\`, \`localhost\` or \`[::1]\` with the port, and \`Origin\` and \`Sec-Fetch-Site\` must be absent or the sandbox's own (else 421 and 403). curl and SDKs send none of the two. Only \`GET /oauth\` opens by a link from another site. A body may have 10 MB; a longer one is answered with 413.

It ends by Ctrl+C, and by \`kill\` of \`npm run sandbox\` as well.`;

function sandboxPage(): string {
  return [
    "# The sandbox",
    steering,
    "## What it covers",
    `${origin} It is written down in [coverage.ts](../sandbox/coverage.ts), which a test holds equal to the routes.`,
    table(
      ["Route", "Covers", "What is missing"],
      coverage.map(({ route, covers, missing = "" }) => [`\`${route}\``, covers, missing]),
    ),
  ].join("\n\n");
}

const familyOf = (topic: string): string => topic.split(".")[0] ?? "";

function notificationsPage(): string {
  const families = [...new Set(topics.map(familyOf))];
  const sections = families.map((family) => {
    const ofFamily = (topic: string) => familyOf(topic) === family;
    const shown = samples.filter(({ topic }) => ofFamily(topic));
    return [
      `## ${family}`,
      topics
        .filter(ofFamily)
        .map((topic) => `\`${topic}\``)
        .join(", "),
      ...(shown.length === 0
        ? ["Intercom does not say what the item is."]
        : shown.map((sample) => example(sample.topic, sample))),
    ].join("\n\n");
  });
  return [
    "# Notifications",
    `${origin} What the *Webhook* trigger gives to a flow, by family of topics: a sample for each form that an item takes, to test a flow with. They follow Intercom's descriptions, in the API version 2.11 or in the first that has such a thing; your app's own version decides. [How to set it up](webhooks.md).`,
    ...sections,
  ].join("\n\n");
}

const pages = {
  "actions.md": actionsPage(),
  "notifications.md": notificationsPage(),
  "sandbox.md": sandboxPage(),
};
const isCheck = process.argv.includes("--check");

for (const [name, text] of Object.entries(pages)) {
  const file = join(import.meta.dirname, name);
  if (!isCheck) {
    writeFileSync(file, `${text}\n`);
  } else if (readFileSync(file, "utf8") !== `${text}\n`) {
    process.stderr.write(`docs/${name} is not what the code says: run npm run docs.\n`);
    process.exitCode = 1;
  }
}
