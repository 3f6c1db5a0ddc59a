import { describe, expect, test } from "vitest";
import { addressOf, openWithClock, runScript, startScript } from "../commands";
import { serve } from "../serve";

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
  const other = await serve((_, response) => response.writeHead(200).end());
  const url = `${other}/`;
  await sandbox.webhooks.subscribe({ url });
  const script = startScript("listen", [], addressOf(sandbox));
  await script.until("stderr", "Ctrl+C ends it.");
  await script.end();
  expect(sandbox.webhooks.subscriptions.map((one) => one.url)).toEqual([url]);
});

test("the help says how many more choices there are, and what is the default", async () => {
  const [poll, listen] = await Promise.all([
    runScript("poll", ["--help"]),
    runScript("listen", ["--help"]),
  ]);
  expect(poll.stdout).toMatch(/showNewRecords .*Default: true\./);
  expect(listen.stdout).toContain("and 97 more");
});
