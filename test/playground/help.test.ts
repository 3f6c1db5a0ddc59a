import { expect, test } from "vitest";
import { act } from "../../playground/act";
import { listen } from "../../playground/listen";
import { poll } from "../../playground/poll";
import { sandbox } from "../../playground/sandbox";
import { start } from "../../playground/story";
import { runCommand, steering } from "../stage/commands";

test.each([
  ["npm start", start, []],
  ["npm run -s act -- ACTION [name=value ...] [--yes]", act, []],
  ["npm run -s act -- createTag [name=value ...]", act, ["createTag"]],
  ["npm run -s poll -- resourceType=contacts [name=value ...] [--every SECONDS]", poll, []],
  ["npm run -s listen -- [name=value ...]", listen, []],
  ["npm run sandbox -- [--port NUMBER] [--data FOLDER] [--log]", sandbox, []],
])(
  "the help of %s: how to call it, what it does, and its inputs",
  async (usage, command, words) => {
    const { exitCode, stdout, stderr } = await runCommand(command, [...words, "--help"]);
    const [first, blank, ...others] = stdout.split("\n");
    expect([first, blank]).toEqual([usage, ""]);
    expect(others[0]).toMatch(/^[A-Z]/);
    expect(stdout).not.toMatch(steering);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    expect(await runCommand(command, [...words, "-h"])).toEqual({ exitCode, stdout, stderr });
  },
);

test("the help says what an option takes, and its default", async () => {
  const [ofPoll, ofSandbox] = [
    await runCommand(poll, ["--help"]),
    await runCommand(sandbox, ["--help"]),
  ];
  expect(ofPoll.stdout).toMatch(
    /^ {2}--every SECONDS {2}Seconds between two polls\. Default: 5\.$/m,
  );
  expect(ofSandbox.stdout).toMatch(
    /^ {2}--port NUMBER {2}The sandbox's port; .* Default: 4010\.$/m,
  );
  expect(ofSandbox.stdout).toMatch(/^ {2}--log {10}Prints each request\.$/m);
});
