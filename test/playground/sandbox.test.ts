import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { act } from "../../playground/act";
import { sandbox } from "../../playground/sandbox";
import { startSandbox } from "../../sandbox/index";
import { runCommand, startCommand, startScript } from "../commands";

/** What it asks a person to export. */
const addressIn = (printed: string) =>
  Object.fromEntries(
    [...printed.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );

describe("npm run sandbox", () => {
  test("prints what points a client at it, and keeps its state in a file", async () => {
    const data = join(mkdtempSync(join(tmpdir(), "sandbox-")), "state.json");
    const first = startCommand(sandbox, ["--port", "0", "--data", data]);
    await first.until("stdout", "Ctrl+C");
    const there = addressIn(first.printed.stdout);
    expect((await runCommand(act, ["createTag", "name=Kept"], there)).exitCode).toBe(0);
    await first.end();
    const second = startCommand(sandbox, ["--port", "0", "--data", data]);
    await second.until("stdout", "Ctrl+C");
    const listed = await runCommand(act, ["listTags"], addressIn(second.printed.stdout));
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
    const { exitCode, stderr } = await runCommand(sandbox, words);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });

  test("a port that is taken and a file that is no state are said in one sentence", async () => {
    const other = await startSandbox();
    const { port } = new URL(other.url);
    const file = join(mkdtempSync(join(tmpdir(), "sandbox-")), "notes.txt");
    writeFileSync(file, "not a state");
    const taken = await runCommand(sandbox, ["--port", port]);
    const noState = await runCommand(sandbox, ["--port", "0", "--data", file]);
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

test.each(["SIGKILL", "SIGTERM"] as const)(
  "npm run sandbox shows requests with --log, and %s loses nothing",
  async (signal) => {
    const data = join(mkdtempSync(join(tmpdir(), "sandbox-")), "state.json");
    const script = startScript("sandbox", ["--port", "0", "--log", "--data", data]);
    await script.until("stdout", "Ctrl+C");
    const there = addressIn(script.printed.stdout);
    const { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: token } = there;
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
