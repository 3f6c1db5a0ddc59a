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

const origin = "`npm run docs` makes this page from the code: edit the code instead.";

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
        ...(examplePayload === undefined ? [] : [example("Example result", examplePayload)]),
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
    `${origin} An input with a star must be filled in. A blank ID is refused where the action needs the ID, with a star or without.`,
    "## Connections",
    ...connections,
    "## Actions",
    ...actions,
    "## Triggers",
    ...triggers,
    "## Data sources",
    table(
      ["Data source", "Key", "Inputs", "Purpose"],
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

/** How to control the sandbox by hand. */
const steering = `## Start it

\`npm run sandbox\` listens on http://127.0.0.1:4010 and prints the token for its requests. \`npm run sandbox -- --port 4020\` uses another port, \`--data FOLDER\` keeps the sandbox's state from one run to the next, and \`--log\` prints each request. The first state (the seed) is in [seeds.ts](../sandbox/seed/seeds.ts) and [data.ts](../sandbox/seed/data.ts): 40 contacts, 15 companies, tags, segments, ticket types, and the writable custom attributes.

## Keep its state

With \`--data FOLDER\` the sandbox writes each change to the folder before it answers. A crash or a \`kill -9\` loses no change that the sandbox has answered. A power cut may lose the last seconds. The folder holds contacts, companies, tags, tickets, conversations, ids, the open scroll, OAuth codes, webhooks and unsent notifications. The folder does not hold settings, faults, the logs, or the list of writes that the search has not indexed yet.

Only one sandbox at a time can use a folder. If the disk fails, the sandbox says so once and goes on in memory. \`POST /_sandbox/reset\` empties the folder too. To copy a folder, stop the sandbox first.

## Steer it

The control paths are under \`/_sandbox/\`. Requests to these paths need no token, and no log shows them.

\`\`\`
curl localhost:4010/_sandbox/state                      # the number of records of each kind
curl localhost:4010/_sandbox/requests                   # the last 5,000 requests
curl -X POST localhost:4010/_sandbox/reset              # back to the seed, settings and webhooks too; -d '{"seed":"empty"}' for an empty workspace
curl localhost:4010/_sandbox/settings                   # the settings
curl -X PATCH localhost:4010/_sandbox/settings -d '{"latencyMs":50,"requestsPerWindow":20}'
curl -X POST localhost:4010/_sandbox/faults -d '{"kind":"rateLimited","resetInSeconds":5}'
curl -X POST localhost:4010/_sandbox/faults -d '{"kind":"status","status":500,"path":"/tags","times":3}'
curl -X POST localhost:4010/_sandbox/storm -d '{"seed":7,"share":0.2}'
curl -X DELETE localhost:4010/_sandbox/faults
curl -X POST localhost:4010/_sandbox/webhooks -d '{"url":"http://127.0.0.1:3000/","topics":["contact.archived"]}'   # the listener must answer HEAD
curl localhost:4010/_sandbox/webhooks                   # the subscriptions, and the last 5,000 attempts
curl -X DELETE localhost:4010/_sandbox/webhooks
\`\`\`

The kinds of faults are in [fault.ts](../sandbox/faults/fault.ts); over HTTP, \`"times":"always"\` keeps a fault until you delete it. The settings are in [settings.ts](../sandbox/settings.ts). The sandbox refuses an invalid request with one sentence, and changes nothing.

## Who may use it

The sandbox answers programs on this machine. The sandbox refuses web pages of other sites:

- \`Host\` must be \`127.0.0.1\`, \`localhost\` or \`[::1]\` with the port, or else the answer is 421.
- \`Origin\` and \`Sec-Fetch-Site\` must be absent or the sandbox's own, or else the answer is 403. curl and SDKs send neither.

Only \`GET /oauth\` opens by a link from another site. A body may have 10 MB, and a longer one gives 413.

Ctrl+C ends the sandbox, and so does \`kill\` of \`npm run sandbox\`.`;

function sandboxPage(): string {
  return [
    "# The sandbox",
    steering,
    "## What it covers",
    `${origin} The table comes from [coverage.ts](../sandbox/coverage.ts), and a test checks the table against the routes.`,
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
        ? ["Intercom does not describe the item."]
        : shown.map((sample) => example(sample.topic, sample))),
    ].join("\n\n");
  });
  return [
    "# Notifications",
    `${origin} The *Webhook* trigger passes these notifications to a flow. Each family of topics has a sample for each form of its item. Use the samples to test a flow. The samples follow Intercom's descriptions of API version 2.11, or of the first version with such an item. Your app's own version decides the real form. [How to set up the webhook](webhooks.md).`,
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
