import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { coverage } from "../sandbox/coverage";
import { samples } from "../src/examples/notifications";
import { topics } from "../src/intercom/topics";
import { actionPages } from "./actionPages";
import { example, origin, table } from "./markdown";
import { permissionTable } from "./permissions";

/** How to control the sandbox by hand. */
const steering = `## Start it

\`npm run sandbox\` listens on http://127.0.0.1:4010 and prints the token for its requests. \`npm run sandbox -- --port 4020\` uses another port, \`--data FOLDER\` keeps the sandbox's state from one run to the next, and \`--log\` prints each request. The first state (the seed) is in [sandbox/seed/](../sandbox/seed/seeds.ts): 40 contacts, 15 companies, 34 conversations, 13 tickets, articles, notes, events, tags, segments, ticket types, and the writable custom attributes.

## Keep its state

With \`--data FOLDER\` the sandbox writes each change to the folder before it answers. A crash or a \`kill -9\` loses no change that the sandbox has answered. A power cut may lose the last seconds. The folder holds all records, ids, the open scroll, OAuth codes, webhooks and unsent notifications. The folder does not hold settings, faults, the logs, or the list of writes that the search has not indexed yet.

Only one sandbox at a time can use a folder. If the disk fails, the sandbox prints a warning once and continues in memory. \`POST /_sandbox/reset\` empties the folder too. To copy a folder, stop the sandbox first.

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
curl -X POST localhost:4010/_sandbox/conversations/ID/rating -d '{"rating":5,"remark":"Quick!"}'   # as a contact does in the Messenger
curl -X POST localhost:4010/_sandbox/conversations/ID/priority -d '{"priority":true}'              # as an admin does in the inbox
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

/** Replaces the text between the two marks of a page that is written by hand. */
function withPermissions(page: string): string {
  const [start, end] = ["<!-- permissions: from test/uses/ -->", "<!-- end of permissions -->"];
  const [before, rest] = page.split(start);
  const [, after] = rest?.split(end) ?? [];
  if (after === undefined) throw new Error(`docs/connect.md has no "${start}" and "${end}".`);
  return `${before}${start}\n\n${permissionTable()}\n\n${end}${after}`;
}

const read = (name: string) => readFileSync(join(import.meta.dirname, name), "utf8");

const pages: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(actionPages()).map(([name, text]) => [`actions/${name}`, `${text}\n`]),
  ),
  "connect.md": withPermissions(read("connect.md")),
  "notifications.md": `${notificationsPage()}\n`,
  "sandbox.md": `${sandboxPage()}\n`,
};

const isCheck = process.argv.includes("--check");

function complain(name: string, is: string) {
  process.stderr.write(`docs/${name} is ${is}: run npm run docs.\n`);
  process.exitCode = 1;
}

const folder = join(import.meta.dirname, "actions");
if (!isCheck) mkdirSync(folder, { recursive: true });
const present = readdirSync(folder).map((name) => `actions/${name}`);

for (const [name, text] of Object.entries(pages)) {
  if (!isCheck) writeFileSync(join(import.meta.dirname, name), text);
  else if (name.startsWith("actions/") && !present.includes(name)) complain(name, "missing");
  else if (read(name) !== text) complain(name, "not what the code says");
}

for (const name of present.filter((name) => !(name in pages))) {
  if (isCheck) complain(name, "not a page of this component");
  else rmSync(join(import.meta.dirname, name));
}
