import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox/index";
import component from "../src/index";
import { standBetween } from "./between";
import { runScript, startScript } from "./commands";
import { fillContacts } from "./crowd";
import { openWorkbench } from "./workbench";

const actionCount = Object.keys(component.actions).length;
const act = (...words: string[]) => runScript("act", words);

describe.concurrent("npm run act", () => {
  test("prints the result as JSON, and everything else on stderr", async ({ expect }) => {
    const { exitCode, stdout, stderr } = await act(
      "createContact",
      "email=ada@example.org",
      "role=user",
    );
    expect(JSON.parse(stdout)).toMatchObject({ type: "contact", email: "ada@example.org" });
    expect(stderr).toContain("createContact on a sandbox at http://127.0.0.1:");
    expect(exitCode).toBe(0);
  });

  test("takes key value lists as a JSON object", async ({ expect }) => {
    const { stdout } = await act(
      "rawRequest",
      "method=GET",
      "url=/contacts",
      'queryParams={"per_page":"1"}',
    );
    expect(JSON.parse(stdout).data).toHaveLength(1);
  });

  test("lists the actions, and an action's inputs", async ({ expect }) => {
    const [all, one] = await Promise.all([act("--help"), act("createContact", "--help")]);
    expect(all.stdout).toMatch(/^ {2}createContact +Create a new Contact$/m);
    expect(all.stdout.match(/^ {2}\w+ {2,}/gm)).toHaveLength(actionCount);
    expect(one.stdout).toMatch(/^ {2}email\* +Email\. Email of the contact\./m);
    expect([all.exitCode, one.exitCode]).toEqual([0, 0]);
  });

  test.for([
    [
      ["createContract"],
      'There is no action "createContract": npm run -s act -- --help lists them.',
    ],
    [["getContact", "id=", "x"], '"x" is no input of getContact, which takes name=value for: id.'],
    [["getContact", "id"], '"id" has no value: write id=…'],
    [["getContact", "id=1", "id=2"], '"id" is given twice.'],
    [["listContacts", "perPage=many"], '"Per Page" must be a whole number, not "many".'],
    [["getContact"], '"ID" must be filled in; it was left empty.'],
    [
      ["rawRequest", "method=GET", "url=/me", "headers=X-A: 1"],
      '"headers" must be a JSON object such as {"name": "value"}, not X-A: 1.',
    ],
  ] as const)("%j ends with one sentence and exit 2", async ([words, sentence], { expect }) => {
    const { exitCode, stdout, stderr } = await act(...words);
    expect(stderr.trim().split("\n").at(-1)).toBe(sentence);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("a refusal of Intercom's is exit 1", async ({ expect }) => {
    const { exitCode, stderr } = await act("getContact", "id=nobody");
    expect(stderr).toMatch(/Intercom refused to get the contact: User Not Found \(404 not_found/);
    expect(exitCode).toBe(1);
  });
});

describe("npm run act on a running sandbox", () => {
  test("keeps what was made, and shows how far Fetch All is", async () => {
    const { sandbox } = await openWorkbench();
    fillContacts(sandbox.workspace, 200);
    const { exitCode, stderr, stdout } = await runScript("act", ["listContacts", "fetchAll=true"], {
      INTERCOM_BASE_URL: sandbox.url,
      INTERCOM_ACCESS_TOKEN: sandbox.token,
    });
    expect(JSON.parse(stdout).data).toHaveLength(200);
    expect(stderr).toContain("Read 150 of 200.");
    expect(stderr).not.toContain(sandbox.token);
    expect(exitCode).toBe(0);
  });
});

describe.concurrent("npm run act where a sandbox should be", () => {
  test.for([
    [
      "http://127.0.0.1:9",
      "Nobody answers at http://127.0.0.1:9: is npm run sandbox still running?",
    ],
    [
      "127.0.0.1:4010",
      'INTERCOM_BASE_URL must be a URL such as http://127.0.0.1:4010, not "127.0.0.1:4010".',
    ],
  ] as const)("at %s, says what is wrong", async ([url, sentence], { expect }) => {
    const there = { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: "abc" };
    const { exitCode, stderr } = await runScript("act", ["listTags"], there);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });
});

test("npm run act takes a sandbox's URL with a slash at its end", async () => {
  const { sandbox } = await openWorkbench();
  const there = { INTERCOM_BASE_URL: `${sandbox.url}/`, INTERCOM_ACCESS_TOKEN: sandbox.token };
  const { exitCode, stderr } = await runScript("act", ["createTag", "name=VIP"], there);
  expect(stderr).toContain(`createTag on the sandbox at ${sandbox.url}\n`);
  expect(exitCode).toBe(0);
});

describe("npm run act on a real workspace", () => {
  // Nothing listens there: what must not be sent is refused before.
  const real = { INTERCOM_ACCESS_TOKEN: "abc", INTERCOM_BASE_URL: "https://127.0.0.1.invalid" };

  test("a write asks first, and without somebody to ask it needs --yes", async () => {
    const { exitCode, stderr } = await runScript("act", ["createTag", "name=VIP"], real);
    expect(stderr.trim().split("\n").at(-1)).toBe(
      "createTag would change a real workspace: add --yes to agree to that.",
    );
    expect(exitCode).toBe(2);
  });

  test("with --yes it is sent", async () => {
    const { exitCode, stderr } = await runScript(
      "act",
      ["createContact", "email=a@b.c", "role=user", "--yes"],
      real,
    );
    expect(stderr).toContain("Intercom gave no usable answer when asked to create the contact");
    expect(exitCode).toBe(1);
  });
});

describe("npm start", () => {
  test("uses the 24 actions of the catalogue page and ends well", async () => {
    const { exitCode, stdout } = await runScript("start");
    expect(new Set(stdout.match(/^\w+(?= {2,}.* \d+ ms$)/gm)).size).toBe(24);
    expect(stdout).toMatch(/\n24 actions, \d+ requests, 2 refused\.\n$/);
    expect(exitCode).toBe(0);
  });

  test("plays its story twice on the same sandbox", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    const there = { INTERCOM_BASE_URL: sandbox.url, INTERCOM_ACCESS_TOKEN: sandbox.token };
    expect((await runScript("start", [], there)).exitCode).toBe(0);
    expect((await runScript("start", [], there)).exitCode).toBe(0);
  });

  test("only reads in a real workspace, and says so", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    const proxy = await standBetween(sandbox.url, { hides: /^\/_sandbox/ });
    const { exitCode, stdout } = await runScript("start", [], {
      INTERCOM_BASE_URL: proxy,
      INTERCOM_ACCESS_TOKEN: sandbox.token,
    });
    expect(stdout).toContain("It is a real workspace, so this only reads.");
    expect(exitCode).toBe(0);
    const changing = sandbox.requests.filter(
      ({ method, path }) => method !== "GET" && !/\/(search|list)/.test(path),
    );
    expect(changing).toEqual([]);
  });

  test("ends with an error where a step fails", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    sandbox.faults.add({ kind: "status", status: 400, message: "Not today", path: "/tickets" });
    const { exitCode, stderr } = await runScript("start", [], {
      INTERCOM_BASE_URL: sandbox.url,
      INTERCOM_ACCESS_TOKEN: sandbox.token,
    });
    expect(stderr).toMatch(
      /^createTicket failed: Intercom refused to create the ticket: Not today /,
    );
    expect(exitCode).toBe(1);
  });
});

/** What points a script at a sandbox. */
const addressOf = ({ url, token, clientSecret }: Sandbox) => ({
  INTERCOM_BASE_URL: url,
  INTERCOM_ACCESS_TOKEN: token,
  INTERCOM_CLIENT_SECRET: clientSecret,
});

/** A sandbox whose clock the test moves. */
async function openWithClock() {
  let nowMs = Date.parse("2026-03-10T12:00:00Z");
  const sandbox = await startSandbox({ seed: "empty", now: () => nowMs });
  onTestFinished(() => sandbox.close());
  return {
    sandbox,
    forward: (seconds: number) => {
      nowMs += seconds * 1000;
    },
  };
}

describe("npm run poll", () => {
  test("shows what is made and changed once it has begun, and goes on after a failure", async () => {
    const { sandbox, forward } = await openWithClock();
    const { contacts } = sandbox.workspace;
    const old = contacts.create({ role: "user", email: "old@example.org" });
    forward(60);
    const script = startScript(
      "poll",
      ["resourceType=contacts", "--every", "0.1"],
      addressOf(sandbox),
    );
    await script.until("stderr", `Marked the place on the sandbox at ${sandbox.url}.`);
    sandbox.faults.add({ kind: "status", status: 400, message: "Not today" });
    await script.until("stderr", "Intercom refused to search the contacts: Not today");
    forward(60);
    contacts.create({ role: "user", email: "new@example.org" });
    contacts.update(old, { name: "Older" });
    forward(60);
    await script.until("stderr", "1 created, 1 updated");
    await script.end();
    expect(JSON.parse(script.printed.stdout)).toMatchObject({
      created: [{ email: "new@example.org" }],
      updated: [{ name: "Older" }],
    });
  });

  test("ends at once, though it waits for the rate limit", async () => {
    const { sandbox } = await openWithClock();
    const words = ["resourceType=contacts", "--every", "0.1"];
    const script = startScript("poll", words, addressOf(sandbox));
    await script.until("stderr", "Marked the place");
    sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 50 });
    await script.until("stderr", "Intercom takes no more requests for now (429).");
    await script.end();
  });

  test("without a sandbox it starts one, and prints what points a client at it", async () => {
    const script = startScript("poll", ["resourceType=companies"]);
    await script.until("stderr", "export INTERCOM_ACCESS_TOKEN=");
    expect(script.printed.stderr).toMatch(
      /Marked the place on a sandbox at http:\/\/127\.0\.0\.1:\d+\./,
    );
  });

  test.for([
    [["showNewRecords=true"], '"Resource Type" must be filled in; it was left empty.'],
    [["resourceType=contacts", "--evry", "2"], '"--evry" is no option: there is --every.'],
    [
      ["resourceType=contacts", "--every", "0"],
      '"--every" must be a number of seconds up to 86400, not "0".',
    ],
    [
      ["resource=contacts"],
      '"resource" is no input of pollChangesTrigger, which takes name=value for: resourceType, showNewRecords, showUpdatedRecords.',
    ],
  ] as const)("%j ends with one sentence and exit 2", async ([words, sentence]) => {
    const { exitCode, stderr } = await runScript("poll", [...words]);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });
});

describe("npm run listen", () => {
  const readyText = "What it notifies of is shown; Ctrl+C ends it.";

  test("shows each notification of a running sandbox once, until it is ended", async () => {
    const { sandbox } = await openWithClock();
    sandbox.settings.webhookDuplicateEvery = 1;
    const script = startScript("listen", [], addressOf(sandbox));
    await script.until("stderr", readyText);
    expect(script.printed.stderr).toMatch(/^HEAD \| 200 ready .*\nping \| 200 pong /);
    sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
    await script.until("stderr", "contact.user.created | 200 taken | Contact");
    await script.until("stderr", "contact.user.created | 200 seen before | Nothing to Do");
    await script.end();
    expect(JSON.parse(script.printed.stdout)).toMatchObject({
      topic: "contact.user.created",
      data: { item: { email: "ada@example.org" } },
    });
    expect(sandbox.webhooks.subscriptions).toEqual([]);
  });

  test("takes the trigger's own inputs", async () => {
    const { sandbox } = await openWithClock();
    const words = ["topics=contact.archived,contact.deleted"];
    const script = startScript("listen", words, addressOf(sandbox));
    await script.until("stderr", readyText);
    const { contacts } = sandbox.workspace;
    contacts.archive(contacts.create({ role: "user", email: "ada@example.org" }));
    await script.until("stderr", "contact.archived | 200 taken | Contact");
    expect(script.printed.stderr).toContain("contact.user.created | 200 not a chosen topic");
  });

  test("subscribes again after a reset, and ends when the sandbox does", async () => {
    const { sandbox } = await openWithClock();
    const script = startScript("listen", [], addressOf(sandbox));
    await script.until("stderr", readyText);
    sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
    await script.until("stderr", "contact.user.created | 200 taken | Contact");
    sandbox.reset();
    await script.until("stderr", "it is there again");
    expect(sandbox.webhooks.subscriptions).toHaveLength(1);
    // With the id that the one before the reset had.
    sandbox.workspace.contacts.create({ role: "user", email: "bob@example.org" });
    await script.until("stdout", "bob@example.org");
    await sandbox.close();
    await script.until("stderr", `The sandbox at ${sandbox.url} is gone.`);
  });

  test("refuses what another secret signed", async () => {
    const { sandbox } = await openWithClock();
    const script = startScript("listen", ["clientSecret=another"], addressOf(sandbox));
    await script.until("stderr", readyText);
    expect(script.printed.stderr).toContain("ping | 401 the signature is not right");
    expect(script.printed.stdout).toBe("");
  });

  test("takes no topic that there is not", async () => {
    const { exitCode, stderr } = await runScript("listen", ["topics=contact.archivd"]);
    expect(stderr).toMatch(/^"Topics" must be one of .*, not "contact\.archivd"\.\n$/);
    expect(exitCode).toBe(2);
  });

  test("says what is missing, and that a workspace notifies elsewhere", async () => {
    const { sandbox } = await openWithClock();
    const there = addressOf(sandbox);
    const noSecret = await runScript("listen", [], { ...there, INTERCOM_CLIENT_SECRET: "" });
    expect(noSecret.stderr.trim()).toBe(
      "INTERCOM_CLIENT_SECRET is needed: npm run sandbox prints it.",
    );
    const real = await runScript("listen", [], { INTERCOM_ACCESS_TOKEN: "abc" });
    expect(real.stderr.trim()).toBe(
      "A workspace sends its notifications to the URL in the Developer Hub; this shows a sandbox's.",
    );
    expect([noSecret.exitCode, real.exitCode]).toEqual([2, 2]);
  });
});

describe("npm run sandbox", () => {
  /** What it asks a person to export. */
  const addressIn = (printed: string) =>
    Object.fromEntries(
      [...printed.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );

  test("prints what points a client at it, and keeps its state in a file", async () => {
    const data = join(mkdtempSync(join(tmpdir(), "sandbox-")), "state.json");
    const first = startScript("sandbox", ["--port", "0", "--data", data]);
    await first.until("stdout", "Ctrl+C");
    const there = addressIn(first.printed.stdout);
    expect((await runScript("act", ["createTag", "name=Kept"], there)).exitCode).toBe(0);
    await first.end();
    const second = startScript("sandbox", ["--port", "0", "--data", data]);
    await second.until("stdout", "Ctrl+C");
    const listed = await runScript("act", ["listTags"], addressIn(second.printed.stdout));
    expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ name: "Kept" }));
  });

  test.each([
    [["--port", "http"], '"--port" must be a number from 0 to 65535, not "http".'],
    [["--prot", "0"], '"--prot" is no option: npm run sandbox -- takes --port, --data and --log.'],
    [["4020"], '"4020" is no option: npm run sandbox -- takes --port, --data and --log.'],
    [["--port", "0", "--data="], '"--data" needs the name of a file.'],
    [["--port", "0", "--data", "--log"], '"--data" needs the name of a file.'],
    [
      ["--port", "0", "--data", "/nowhere/state.json"],
      `"--data" must name a file that can be written: ENOENT: no such file or directory, open '/nowhere/state.json.new'.`,
    ],
  ])("%j ends with one sentence and exit 2", async (words, sentence) => {
    const { exitCode, stderr } = await runScript("sandbox", words);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });

  test("a port that is taken and a file that is no state are said in one sentence", async () => {
    const other = await startSandbox();
    const { port } = new URL(other.url);
    const file = join(mkdtempSync(join(tmpdir(), "sandbox-")), "notes.txt");
    writeFileSync(file, "not a state");
    const taken = await runScript("sandbox", ["--port", port]);
    const noState = await runScript("sandbox", ["--port", "0", "--data", file]);
    await other.close();
    expect(taken.stderr.trim()).toBe(
      `Port ${port} is taken: choose another with --port, or --port 0 for a free one.`,
    );
    expect(noState.stderr.trim()).toBe(
      `"--data" must name a file that the sandbox wrote, which ${file} is not.`,
    );
    expect([taken.exitCode, noState.exitCode]).toEqual([2, 2]);
  });
});

describe("the small print of the commands", () => {
  const real = { INTERCOM_ACCESS_TOKEN: "abc", INTERCOM_BASE_URL: "https://127.0.0.1.invalid" };

  test("a value may hold an equals sign", async () => {
    const { stdout } = await act("createTag", "name=a=b=c");
    expect(JSON.parse(stdout)).toMatchObject({ name: "a=b=c" });
  });

  test("key value lists may be given as the platform sends them", async () => {
    const { stdout } = await act(
      "rawRequest",
      "method=GET",
      "url=/contacts",
      'queryParams=[{"key":"per_page","value":"1"}]',
    );
    expect(JSON.parse(stdout).data).toHaveLength(1);
  });

  test("the help says how many more choices there are, and what is the default", async () => {
    const [poll, listen] = await Promise.all([
      runScript("poll", ["--help"]),
      runScript("listen", ["--help"]),
    ]);
    expect(poll.stdout).toMatch(/showNewRecords .*Default: true\./);
    expect(listen.stdout).toContain("and 97 more");
  });

  test("what only reads needs no --yes, and a POST by hand does", async () => {
    const read = await runScript("act", ["listTags"], real);
    expect(read.stderr).toContain("Intercom gave no usable answer when asked to list the tags");
    const write = await runScript("act", ["rawRequest", "method=POST", "url=/tags"], real);
    expect(write.stderr).toContain("rawRequest would change a real workspace");
  });

  test("what the environment says is heeded", async () => {
    const region = await runScript("act", ["listTags"], {
      INTERCOM_ACCESS_TOKEN: "abc",
      INTERCOM_REGION: "mars",
    });
    expect(region.stderr).toContain('"Region" must be');
    const version = await runScript("act", ["listTags"], { INTERCOM_API_VERSION: "1.0" });
    expect(version.stderr).toContain('"API Version" must be one of');
    const alone = await runScript("act", ["listTags"], { INTERCOM_BASE_URL: "http://127.0.0.1:9" });
    expect(alone.stderr).toContain("INTERCOM_BASE_URL needs INTERCOM_ACCESS_TOKEN");
  });

  test("what answers everything with a page is no sandbox", async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("hi"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const there = { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: "abc" };
    const { stderr } = await runScript("act", ["createTag", "name=x"], there);
    expect(stderr).toContain("createTag would change a real workspace");
  });

  test("npm run poll shows updates alone", async () => {
    const { sandbox, forward } = await openWithClock();
    const old = sandbox.workspace.contacts.create({ role: "user", email: "old@example.org" });
    forward(3600);
    const script = startScript(
      "poll",
      ["resourceType=contacts", "--every", "0.5"],
      addressOf(sandbox),
    );
    await script.until("stderr", "Marked the place");
    forward(60);
    sandbox.workspace.contacts.update(old, { name: "Older" });
    forward(60);
    await script.until("stderr", "0 created, 1 updated");
  });

  test("npm run listen without a sandbox starts one, and prints what points a client at it", async () => {
    const script = startScript("listen");
    await script.until("stderr", "export INTERCOM_CLIENT_SECRET=");
  });

  test("npm run listen takes back its own subscription alone", async () => {
    const { sandbox } = await openWithClock();
    const other = createServer((_, response) => response.writeHead(200).end());
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`;
    await sandbox.webhooks.subscribe({ url });
    const script = startScript("listen", [], addressOf(sandbox));
    await script.until("stderr", "Ctrl+C ends it.");
    await script.end();
    expect(sandbox.webhooks.subscriptions.map((one) => one.url)).toEqual([url]);
  });

  test.each(["SIGKILL", "SIGTERM"] as const)(
    "npm run sandbox shows requests with --log, and %s loses nothing",
    async (signal) => {
      const data = join(mkdtempSync(join(tmpdir(), "sandbox-")), "state.json");
      const script = startScript("sandbox", ["--port", "0", "--log", "--data", data]);
      await script.until("stdout", "Ctrl+C");
      const [, url] = /BASE_URL=(\S+)/.exec(script.printed.stdout) ?? [];
      const [, token] = /ACCESS_TOKEN=(\S+)/.exec(script.printed.stdout) ?? [];
      // What is slow is saved when it is done, and a reset does not make it blind.
      const slow = JSON.stringify({ settings: { latencyMs: 400 } });
      await fetch(`${url}/me`, { headers: { authorization: `Bearer ${token}` } });
      await fetch(`${url}/_sandbox/reset`, { method: "POST", body: slow });
      await fetch(`${url}/tags`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ name: "Kept" }),
      });
      if (signal === "SIGKILL") await script.until("stdout", "POST /tags 200");
      await script.end(signal);
      // npm ends before what it started has written.
      await vi.waitFor(() => expect(readFileSync(data, "utf8")).toContain("Kept"));
    },
  );
});
