import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { act } from "../../playground/act";
import component from "../../src/index";
import { addressOf, runCommand, runScript, steering } from "../stage/commands";
import { fillContacts } from "../stage/crowd";
import { serve } from "../stage/serve";
import { openWorkbench, runClockFast } from "../stage/workbench";

const actionCount = Object.keys(component.actions).length;
const runAct = (...words: string[]) => runCommand(act, words);

describe("npm run act", () => {
  test("prints the result as JSON, and everything else on stderr", async () => {
    const { exitCode, stdout, stderr } = await runAct(
      "createContact",
      "email=ada@example.org",
      "role=user",
    );
    expect(JSON.parse(stdout)).toMatchObject({ type: "contact", email: "ada@example.org" });
    expect(stderr).toContain("createContact on a sandbox at http://127.0.0.1:");
    expect(exitCode).toBe(0);
  });

  test("takes key value lists as a JSON object", async () => {
    const { stdout } = await runAct(
      "rawRequest",
      "method=GET",
      "url=/contacts",
      'queryParams={"per_page":"1"}',
    );
    expect(JSON.parse(stdout).data).toHaveLength(1);
  });

  test("lists the actions, and an action's inputs", async () => {
    const [all, one] = await Promise.all([runAct("--help"), runAct("createContact", "--help")]);
    expect(all.stdout).toMatch(/^ {2}createContact +Create a new Contact$/m);
    expect(all.stdout.match(/^ {2}\w+ {2,}/gm)).toHaveLength(actionCount);
    expect(one.stdout).toMatch(/^ {2}email\* +Email\. Email of the contact\./m);
    expect([all.exitCode, one.exitCode]).toEqual([0, 0]);
  });

  test.for([
    [
      ["createContract"],
      'There is no action "createContract": npm run -s act -- --help lists the actions.',
    ],
    [
      ["getContact", "id=", "x"],
      '"x" is not an input of getContact, which takes name=value for: id, completeLists, includeMergeHistory.',
    ],
    [["getContact", "id"], '"id" has no value: write id=…'],
    [["getContact", "id=1", "id=2"], '"id" is given twice.'],
    [["listContacts", "perPage=many"], '"Per Page" must be a whole number, not "many".'],
    [["getContact"], '"ID" is empty: fill it in.'],
    [
      ["rawRequest", "method=GET", "url=/me", "headers=X-A: 1"],
      '"headers" must be a JSON object such as {"name": "value"}, not X-A: 1.',
    ],
  ] as const)("%j ends with one sentence and exit 2", async ([words, sentence]) => {
    const { exitCode, stdout, stderr } = await runAct(...words);
    expect(stderr.trim().split("\n").at(-1)).toBe(sentence);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("npm passes on the output and the exit code", async () => {
    const words = ["createContract"];
    expect(await runScript("act", words)).toEqual(await runAct(...words));
  });

  test("Intercom's refusal is exit 1", async () => {
    const { exitCode, stderr } = await runAct("getContact", "id=nobody");
    expect(stderr).toMatch(/Intercom refused to get the contact: User Not Found \(404 not_found/);
    expect(exitCode).toBe(1);
  });
});

describe("npm run act on a running sandbox", () => {
  test("keeps the records, and shows the progress of Fetch All", async () => {
    const { sandbox } = await openWorkbench();
    fillContacts(sandbox.workspace, 200);
    const { exitCode, stderr, stdout } = await runCommand(act, ["listContacts", "fetchAll=true"], {
      INTERCOM_BASE_URL: sandbox.url,
      INTERCOM_ACCESS_TOKEN: sandbox.token,
    });
    expect(JSON.parse(stdout).data).toHaveLength(200);
    expect(stderr).toContain("Read 150 of 200.");
    expect(stderr).not.toContain(sandbox.token);
    expect(exitCode).toBe(0);
  });
});

describe("npm run act where a sandbox should be", () => {
  test.for([
    [
      "http://127.0.0.1:9",
      "Nothing answers at http://127.0.0.1:9: is npm run sandbox still running?",
    ],
    [
      "127.0.0.1:4010",
      'INTERCOM_BASE_URL must be a URL such as http://127.0.0.1:4010, not "127.0.0.1:4010".',
    ],
  ] as const)("at %s, says what is wrong", async ([url, sentence]) => {
    const there = { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: "abc" };
    const { exitCode, stderr } = await runCommand(act, ["listTags"], there);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });
});

test("npm run act takes a sandbox's URL with a slash at its end", async () => {
  const { sandbox } = await openWorkbench();
  const there = { INTERCOM_BASE_URL: `${sandbox.url}/`, INTERCOM_ACCESS_TOKEN: sandbox.token };
  const { exitCode, stderr } = await runCommand(act, ["createTag", "name=VIP"], there);
  expect(stderr).toContain(`createTag on the sandbox at ${sandbox.url}\n`);
  expect(exitCode).toBe(0);
});

// Nothing listens there, so a command must refuse before it sends.
const real = { INTERCOM_ACCESS_TOKEN: "abc", INTERCOM_BASE_URL: "https://127.0.0.1.invalid" };

describe("npm run act on a real workspace", () => {
  test("a write asks first, and needs --yes where nobody can answer", async () => {
    const { exitCode, stderr } = await runCommand(act, ["createTag", "name=VIP"], real);
    expect(stderr.trim().split("\n").at(-1)).toBe(
      "createTag would change a real workspace: add --yes to allow this.",
    );
    expect(exitCode).toBe(2);
  });

  test("with --yes it sends the write", async () => {
    const { exitCode, stderr } = await runCommand(
      act,
      ["createContact", "email=a@b.c", "role=user", "--yes"],
      real,
    );
    expect(stderr).toContain("Intercom gave no usable answer when asked to create the contact");
    expect(exitCode).toBe(1);
  });

  test("reading needs no --yes, and a raw POST does", async () => {
    runClockFast();
    const read = await runCommand(act, ["listTags"], real);
    expect(read.stderr).toContain("Intercom gave no usable answer when asked to list the tags");
    const write = await runCommand(act, ["rawRequest", "method=POST", "url=/tags"], real);
    expect(write.stderr).toContain("rawRequest would change a real workspace");
  });
});

describe("npm run act on a real workspace, at a terminal", () => {
  const answered = (answer: string) =>
    Object.assign(Readable.from(answer === "" ? [] : [answer]), { isTTY: true });

  test.for([
    ["y\n", "Intercom gave no usable answer when asked to create the tag", 1],
    ["\n", "Nothing was sent.", 2],
    ["no\n", "Nothing was sent.", 2],
    // Ctrl+D.
    ["", "Nothing was sent.", 2],
  ] as const)("asks before a write, and heeds %j", async ([answer, said, expected]) => {
    const words = ["createTag", "name=VIP"];
    runClockFast();
    const { exitCode, stderr } = await runCommand(act, words, real, answered(answer));
    expect(stderr).toContain("createTag changes your workspace. Continue? (y/N) ");
    expect(stderr).toContain(said);
    expect(exitCode).toBe(expected);
  });
});

describe("npm run act in detail", () => {
  test("without words it shows its help, and an unknown action has no help", async () => {
    expect(await runAct()).toEqual(await runAct("--help"));
    expect(await runAct("createContract", "--help")).toEqual(await runAct("createContract"));
  });

  test("no character of an answer steers the terminal", async () => {
    const name = "\u001b[2J\u009b31mRed\u202e";
    const { sandbox } = await openWorkbench();
    sandbox.faults.add({ kind: "status", status: 400, message: `Not\n${name}`, times: 1 });
    const refused = await runCommand(act, ["listTags"], addressOf(sandbox));
    expect(refused.stderr).not.toMatch(steering);
    expect(refused.stderr.split("\n").at(-2)).toContain("\\u001b[2J\\u009b31mRed\\u202e");
    sandbox.workspace.tags.findOrCreate(name);
    const { stdout } = await runCommand(act, ["listTags"], addressOf(sandbox));
    expect(stdout).not.toMatch(steering);
    expect(JSON.parse(stdout)).toMatchObject([{ name }]);
  });

  test("a value may hold an equals sign", async () => {
    const { stdout } = await runAct("createTag", "name=a=b=c");
    expect(JSON.parse(stdout)).toMatchObject({ name: "a=b=c" });
  });

  test("key value lists may have the platform's form", async () => {
    const { stdout } = await runAct(
      "rawRequest",
      "method=GET",
      "url=/contacts",
      'queryParams=[{"key":"per_page","value":"1"}]',
    );
    expect(JSON.parse(stdout).data).toHaveLength(1);
  });

  test("the environment's settings apply", async () => {
    const region = await runCommand(act, ["listTags"], {
      INTERCOM_ACCESS_TOKEN: "abc",
      INTERCOM_REGION: "mars",
    });
    expect(region.stderr).toContain('"Region" must be');
    const version = await runCommand(act, ["listTags"], { INTERCOM_API_VERSION: "1.0" });
    expect(version.stderr).toContain('"API Version" must be one of');
    const alone = await runCommand(act, ["listTags"], { INTERCOM_BASE_URL: "http://127.0.0.1:9" });
    expect(alone.stderr).toContain("INTERCOM_BASE_URL is set without INTERCOM_ACCESS_TOKEN");
  });

  test("a server that answers everything with a page is not a sandbox", async () => {
    const url = await serve((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("hi"),
    );
    const there = { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: "abc" };
    const { stderr } = await runCommand(act, ["createTag", "name=x"], there);
    expect(stderr).toContain("createTag would change a real workspace");
  });
});
