import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { act } from "../../playground/act";
import { sandbox } from "../../playground/sandbox";
import { startSandbox } from "../../sandbox/index";
import { runCommand, startCommand, startScript } from "../stage/commands";
import { emptyFolder } from "../stage/outside";

/** A folder that does not exist yet. */
const newFolder = () => join(emptyFolder(), "data");

/** The lines that the command asks a person to export. */
const addressIn = (printed: string) =>
  Object.fromEntries(
    [...printed.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  );

describe("npm run sandbox", () => {
  test("prints the lines to export, and keeps its state in a folder", async () => {
    const data = newFolder();
    const script = startCommand(sandbox, ["--port", "0", "--data", data]);
    await script.until("stdout", "Ctrl+C");
    const there = addressIn(script.printed.stdout);
    expect((await runCommand(act, ["createTag", "name=Kept"], there)).exitCode).toBe(0);
    await script.end();
    expect([...(await reopen(data)).tags.rows.values()]).toContainEqual(
      expect.objectContaining({ name: "Kept" }),
    );
  });

  test.each([
    [["--port", "http"], '"--port" must be a number from 0 to 65535, not "http".'],
    [
      ["--prot", "0"],
      '"--prot" is not an option: npm run sandbox -- takes --port, --data and --log.',
    ],
    [["4020"], '"4020" is not an option: npm run sandbox -- takes --port, --data and --log.'],
    [["--port"], '"--port" needs a number.'],
    [["--port", "0", "--data="], '"--data" needs the name of a folder.'],
    [["--port", "0", "--data", "--log"], '"--data" needs the name of a folder.'],
    [["--port", "0", "--data"], '"--data" needs the name of a folder.'],
  ])("%j ends with one sentence and exit 2", async (words, sentence) => {
    const { exitCode, stderr } = await runCommand(sandbox, words);
    expect(stderr.trim()).toBe(sentence);
    expect(exitCode).toBe(2);
  });

  test("a taken port, and a file instead of a folder, give one sentence", async () => {
    const other = await startSandbox();
    const { port } = new URL(other.url);
    const file = newFolder();
    writeFileSync(file, "not a state");
    const taken = await runCommand(sandbox, ["--port", port]);
    const noFolder = await runCommand(sandbox, ["--port", "0", "--data", file]);
    await other.close();
    expect(taken.stderr.trim()).toBe(
      `Port ${port} is taken: choose another port with --port, or any free port with --port 0.`,
    );
    expect(noFolder.stderr.trim()).toBe(
      `${file} is not a folder: name a new folder, or the data folder of a sandbox.`,
    );
    expect([taken.exitCode, noFolder.exitCode]).toEqual([2, 2]);
  });

  test("shows requests with --log", async () => {
    const script = startCommand(sandbox, ["--port", "0", "--log"]);
    await script.until("stdout", "Ctrl+C");
    const { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: token } = addressIn(
      script.printed.stdout,
    );
    const headers = { authorization: `Bearer ${token}` };
    await fetch(`${url}/me`, { headers });
    await script.until("stdout", "GET /me 200");
    // The command shows requests after a reset, too.
    await fetch(`${url}/_sandbox/reset`, { method: "POST" });
    await fetch(`${url}/tags`, { headers });
    await script.until("stdout", "GET /tags 200");
    for (const [fault, path] of [
      [{ kind: "closed" }, "/admins"],
      [{ kind: "slow", delayMs: 300 }, "/teams"],
    ] as const) {
      const body = JSON.stringify({ ...fault, path });
      await fetch(`${url}/_sandbox/faults`, { method: "POST", body });
      await fetch(url + path, { headers }).catch(() => undefined);
    }
    await script.until("stdout", "GET /admins closed");
    await script.until("stdout", "GET /teams 200");
    await fetch(`${url}/segments`, { headers });
    await script.end();
    expect(script.printed.stdout).toContain("GET /segments 200");
  });

  test("kill -9 in the middle of writes loses no answered write, in two rounds", async () => {
    const data = newFolder();
    const answered: string[] = [];
    for (const round of [1, 2]) {
      const script = startScript("sandbox", ["--port", "0", "--data", data]);
      await script.until("stdout", "Ctrl+C");
      await expect(startSandbox({ data })).rejects.toThrow(
        `Another sandbox uses the data folder ${data}`,
      );
      await writeUntil(addressIn(script.printed.stdout), answered, round * 150, () =>
        script.end("SIGKILL"),
      );
    }
    const { contacts } = await reopen(data);
    expect(answered.filter((id) => !contacts.rows.has(id))).toEqual([]);
    expect(new Set(answered).size).toBeGreaterThanOrEqual(300);
  });
});

/**
 * Creates contacts, eight at a time, until `many` are answered; then continues until `kill` ends
 * the sandbox.
 */
async function writeUntil(
  { INTERCOM_BASE_URL: url, INTERCOM_ACCESS_TOKEN: token }: Record<string, string>,
  answered: string[],
  many: number,
  kill: () => Promise<void>,
) {
  let killed: Promise<void> | undefined;
  const write = async () => {
    for (;;) {
      const answer = await fetch(`${url}/contacts`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ role: "lead" }),
      });
      const { id } = (await answer.json()) as { id: string };
      answered.push(id);
      if (answered.length >= many) killed ??= kill();
    }
  };
  await Promise.allSettled(Array.from({ length: 8 }, write));
  await killed;
}

/**
 * Reads a folder as soon as the process that used the folder has ended, because npm may end
 * earlier.
 */
async function reopen(data: string) {
  const sandbox = await vi.waitFor(() => startSandbox({ data }));
  await sandbox.close();
  return sandbox.workspace;
}
