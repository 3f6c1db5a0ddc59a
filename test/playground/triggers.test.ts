import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { listen } from "../../playground/listen";
import { poll } from "../../playground/poll";
import type { Sandbox } from "../../sandbox/index";
import {
  addressOf,
  openWithClock,
  runCommand,
  startCommand,
  startScript,
  steering,
} from "../stage/commands";
import { serve } from "../stage/serve";
import { runClockFast } from "../stage/workbench";

describe("npm run poll", () => {
  test("shows new and changed records after its start, and continues after a failure", async () => {
    const { sandbox, forward } = await openWithClock();
    const { contacts } = sandbox.workspace;
    const old = contacts.create({ role: "user", email: "old@example.org" });
    forward(60);
    const command = startCommand(
      poll,
      ["resourceType=contacts", "--every", "0.1"],
      addressOf(sandbox),
    );
    await command.until("stderr", `Watching the sandbox at ${sandbox.url}.`);
    sandbox.faults.add({ kind: "status", status: 400, message: "Not today" });
    await command.until("stderr", "Intercom refused to search the contacts: Not today");
    forward(60);
    contacts.create({ role: "user", email: "new@example.org" });
    contacts.update(old, { name: "Older" });
    forward(60);
    await command.until("stderr", "1 created, 1 updated");
    await command.end();
    expect(JSON.parse(command.printed.stdout)).toMatchObject({
      created: [{ email: "new@example.org" }],
      updated: [{ name: "Older" }],
    });
  });

  test("ends at once, also while it waits for the rate limit", async () => {
    const { sandbox } = await openWithClock();
    const words = ["resourceType=contacts", "--every", "0.1"];
    const command = startCommand(poll, words, addressOf(sandbox));
    await command.until("stderr", "Watching ");
    sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 50 });
    await command.until("stderr", "Intercom accepts no more requests for now (429).");
    await command.end();
  });

  test("without a sandbox it starts one, and prints the lines to export", async () => {
    const command = startCommand(poll, ["resourceType=companies"]);
    await command.until("stderr", "export INTERCOM_ACCESS_TOKEN=");
    expect(command.printed.stderr).toMatch(/Watching a sandbox at http:\/\/127\.0\.0\.1:\d+\./);
  });

  test.for([
    [["showNewRecords=true"], '"Resource Type" is empty: fill it in.'],
    [
      ["resourceType=contacts", "--evry", "2"],
      '"--evry" is not an option: npm run -s poll -- takes --every.',
    ],
    [
      ["resourceType=contacts", "--every", "0"],
      '"--every" must be a number of seconds up to 86400, not "0".',
    ],
    [
      ["resource=contacts"],
      '"resource" is not an input of pollChangesTrigger, which takes name=value for: resourceType, showNewRecords, showUpdatedRecords.',
    ],
  ] as const)("%j ends with one sentence and exit 2", async ([words, sentence]) => {
    const { exitCode, stderr } = await runCommand(poll, words);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });
});

describe("npm run listen", () => {
  const readyText = "This command shows each notification; Ctrl+C ends it.";

  test("shows each notification of a running sandbox once, until Ctrl+C", async () => {
    const { sandbox } = await openWithClock();
    sandbox.settings.webhookDuplicateEvery = 1;
    const command = startCommand(listen, [], addressOf(sandbox));
    await command.until("stderr", readyText);
    expect(command.printed.stderr).toMatch(/^HEAD \| 200 ready .*\nping \| 200 pong /);
    sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
    await command.until("stderr", "contact.user.created | 200 taken | Contact");
    await command.until("stderr", "contact.user.created | 200 seen before | Nothing to Do");
    await command.end();
    expect(JSON.parse(command.printed.stdout)).toMatchObject({
      topic: "contact.user.created",
      data: { item: { email: "ada@example.org" } },
    });
    expect(sandbox.webhooks.subscriptions).toEqual([]);
  });

  test("takes the trigger's own inputs", async () => {
    const { sandbox } = await openWithClock();
    const words = ["topics=contact.archived,contact.deleted"];
    const command = startCommand(listen, words, addressOf(sandbox));
    await command.until("stderr", readyText);
    const { contacts } = sandbox.workspace;
    contacts.archive(contacts.create({ role: "user", email: "ada@example.org" }));
    await command.until("stderr", "contact.archived | 200 taken | Contact");
    expect(command.printed.stderr).toContain("contact.user.created | 200 not a chosen topic");
  });

  test("subscribes again after a reset, and ends when the sandbox does", async () => {
    const { sandbox } = await openWithClock();
    const command = startCommand(listen, [], addressOf(sandbox));
    await command.until("stderr", readyText);
    sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
    await command.until("stderr", "contact.user.created | 200 taken | Contact");
    sandbox.reset();
    await command.until("stderr", "so we subscribed again");
    expect(sandbox.webhooks.subscriptions).toHaveLength(1);
    // This notification has the same id as the one before the reset.
    sandbox.workspace.contacts.create({ role: "user", email: "bob@example.org" });
    await command.until("stdout", "bob@example.org");
    await sandbox.close();
    await command.until("stderr", `The sandbox at ${sandbox.url} is gone.`);
  });

  test("refuses a notification with another secret's signature", async () => {
    const { sandbox } = await openWithClock();
    const command = startCommand(listen, ["clientSecret=another"], addressOf(sandbox));
    await command.until("stderr", readyText);
    expect(command.printed.stderr).toContain("ping | 401 the signature is wrong");
    expect(command.printed.stdout).toBe("");
  });

  test("refuses an unknown topic", async () => {
    const { exitCode, stderr } = await runCommand(listen, ["topics=contact.archivd"]);
    expect(stderr).toMatch(/^"Topics" must be one of .*, not "contact\.archivd"\.\n$/);
    expect(exitCode).toBe(2);
  });

  test("says what is missing, and that a workspace sends its notifications elsewhere", async () => {
    const { sandbox } = await openWithClock();
    const there = addressOf(sandbox);
    const noSecret = await runCommand(listen, [], { ...there, INTERCOM_CLIENT_SECRET: "" });
    expect(noSecret.stderr.trim()).toBe(
      "INTERCOM_CLIENT_SECRET is missing: export the value that npm run sandbox prints.",
    );
    const real = await runCommand(listen, [], { INTERCOM_ACCESS_TOKEN: "abc" });
    expect(real.stderr.trim()).toBe(
      "This command works with a sandbox only, because a workspace sends its notifications to the URL in the Developer Hub: unset INTERCOM_ACCESS_TOKEN, or set INTERCOM_BASE_URL to a sandbox.",
    );
    expect([noSecret.exitCode, real.exitCode]).toEqual([2, 2]);
  });
});

test("npm run poll says that the sandbox is gone, and ends with 1", async () => {
  const { sandbox } = await openWithClock();
  const words = ["resourceType=contacts", "--every", "0.1"];
  const command = startCommand(poll, words, addressOf(sandbox));
  await command.until("stderr", "Watching ");
  runClockFast();
  await sandbox.close();
  expect(await command.exitCode).toBe(1);
  const sentence = `\nThe sandbox at ${sandbox.url} is gone.\n`;
  expect(command.printed.stderr.endsWith(sentence), command.printed.stderr).toBe(true);
});

/** The URL of `listen`, from its subscription. */
const addressOfListener = ({ webhooks }: Sandbox) => new URL(webhooks.subscriptions[0]?.url ?? "");

test("npm run listen continues after a client that closes the connection in the middle of a POST", async () => {
  const { sandbox } = await openWithClock();
  const command = startCommand(listen, [], addressOf(sandbox));
  await command.until("stderr", "Ctrl+C ends it.");
  const socket = connect(Number(addressOfListener(sandbox).port), "127.0.0.1");
  socket.write("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{", () =>
    socket.destroy(),
  );
  await command.until("stderr", "A client closed the connection in the middle of a request.");
  sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
  await command.until("stderr", "contact.user.created | 200 taken | Contact");
});

test("npm run listen refuses more than 10 MB, and continues", async () => {
  const { sandbox } = await openWithClock();
  const command = startCommand(listen, [], addressOf(sandbox));
  await command.until("stderr", "Ctrl+C ends it.");
  // The body never ends, because listen must refuse it before it is complete.
  const request = httpRequest(addressOfListener(sandbox), { method: "POST" });
  request.on("error", () => undefined).write(Buffer.alloc(10_000_001, " "));
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  expect(answer.statusCode).toBe(413);
  expect(command.printed.stderr).toContain("POST | 413 more than 10000000 bytes\n");
  request.destroy();
  sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org" });
  await command.until("stderr", "contact.user.created | 200 taken | Contact");
});

test("npm run listen shows an unsigned body on one short line, and none of its characters steers the terminal", async () => {
  const { sandbox } = await openWithClock();
  const command = startCommand(listen, [], addressOf(sandbox));
  await command.until("stderr", "Ctrl+C ends it.");
  const topic = `\u001b[2J\u009b31m\u202e\nping${"!".repeat(100_000)}`;
  const body = JSON.stringify({ topic });
  await fetch(addressOfListener(sandbox), { method: "POST", body });
  await command.until("stderr", " | 401 ");
  const line = command.printed.stderr.split("\n").at(-2);
  expect(line).toMatch(/^\\u001b\[2J\\u009b31m\\u202e\\nping!{50,80} \| 401 /);
  expect(command.printed.stderr).not.toMatch(steering);
});

test("npm run poll shows a record's control characters escaped", async () => {
  const { sandbox, forward } = await openWithClock();
  const command = startCommand(
    poll,
    ["resourceType=contacts", "--every", "0.1"],
    addressOf(sandbox),
  );
  await command.until("stderr", "Watching ");
  forward(60);
  const name = "\u009b31mRed\u202e";
  sandbox.workspace.contacts.create({ role: "user", email: "ada@example.org", name });
  forward(60);
  await command.until("stdout", "}\n");
  expect(command.printed.stdout).not.toMatch(steering);
  expect(JSON.parse(command.printed.stdout)).toMatchObject({ created: [{ name }] });
});

test("npm run poll without a sandbox starts one; Ctrl+C ends every process that npm started", async () => {
  const script = startScript("poll", ["resourceType=contacts"]);
  await script.until("stderr", "export INTERCOM_ACCESS_TOKEN=");
  await script.end();
  expect(script.printed.stderr).toContain("Watching a sandbox at http:");
  expect(script.printed.stdout).toBe("");
});

test("npm run listen without a sandbox starts one, and prints the lines to export", async () => {
  const command = startCommand(listen);
  await command.until("stderr", "export INTERCOM_CLIENT_SECRET=");
});

test("npm run listen removes its subscription at Ctrl+C", async () => {
  const { sandbox } = await openWithClock();
  const script = startScript("listen", [], addressOf(sandbox));
  await script.until("stderr", "Ctrl+C ends it.");
  expect(sandbox.webhooks.subscriptions).toHaveLength(1);
  await script.end();
  expect(sandbox.webhooks.subscriptions).toEqual([]);
});

test("npm run poll can show updates only", async () => {
  const { sandbox, forward } = await openWithClock();
  const old = sandbox.workspace.contacts.create({ role: "user", email: "old@example.org" });
  forward(3600);
  const command = startCommand(
    poll,
    ["resourceType=contacts", "--every", "0.5"],
    addressOf(sandbox),
  );
  await command.until("stderr", "Watching ");
  forward(60);
  sandbox.workspace.contacts.update(old, { name: "Older" });
  forward(60);
  await command.until("stderr", "0 created, 1 updated");
});

test("npm run listen removes only its own subscription", async () => {
  const { sandbox } = await openWithClock();
  const other = await serve((_, response) => response.writeHead(200).end());
  const url = `${other}/`;
  await sandbox.webhooks.subscribe({ url });
  const command = startCommand(listen, [], addressOf(sandbox));
  await command.until("stderr", "Ctrl+C ends it.");
  await command.end();
  expect(sandbox.webhooks.subscriptions.map((one) => one.url)).toEqual([url]);
});

test("the help says how many more choices exist, and the default", async () => {
  const [ofPoll, ofListen] = await Promise.all([
    runCommand(poll, ["--help"]),
    runCommand(listen, ["--help"]),
  ]);
  expect(ofPoll.stdout).toMatch(/showNewRecords .*Default: true\./);
  expect(ofListen.stdout).toContain("and 99 more");
});
