import { describe, expect, test } from "vitest";
import { start } from "../../playground/story";
import { standBetween } from "../stage/between";
import { addressOf, runCommand } from "../stage/commands";
import { openWorkbench } from "../stage/workbench";

describe("npm start", () => {
  test("tells its story by 21 actions and succeeds", async () => {
    const { exitCode, stdout } = await runCommand(start);
    expect(new Set(stdout.match(/^\w+(?= .* \d+ ms$)/gm)).size).toBe(21);
    expect(stdout).toMatch(/\n21 actions, \d+ requests, 2 refused\.\n$/);
    expect(exitCode).toBe(0);
  });

  test("shows the id by which the API knows the ticket", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    const { stdout } = await runCommand(start, [], addressOf(sandbox));
    const [, id] = /^convertConversationToTicket .* \| ticket (\d+), /m.exec(stdout) ?? [];
    const headers = { authorization: `Bearer ${sandbox.token}` };
    const answer = await fetch(`${sandbox.url}/tickets/${id}`, { headers });
    expect(await answer.json()).toMatchObject({
      id,
      ticket_attributes: { _default_title_: "The engine stops at card 7" },
    });
  });

  test("takes no words", async () => {
    const { exitCode, stdout, stderr } = await runCommand(start, ["tags"]);
    expect(stderr).toBe('"tags" is not an option: npm start takes none.\n');
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("runs its story twice on the same sandbox", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    const there = addressOf(sandbox);
    expect((await runCommand(start, [], there)).exitCode).toBe(0);
    expect((await runCommand(start, [], there)).exitCode).toBe(0);
  });

  test("only reads in a real workspace, and says so", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    const proxy = await standBetween(sandbox.url, { hides: /^\/_sandbox/ });
    const { exitCode, stdout } = await runCommand(start, [], {
      INTERCOM_BASE_URL: proxy,
      INTERCOM_ACCESS_TOKEN: sandbox.token,
    });
    expect(stdout).toContain("This is a real workspace, so the story only reads.");
    expect(exitCode).toBe(0);
    const changing = sandbox.requests.filter(
      ({ method, path }) => method !== "GET" && !/\/(search|list)/.test(path),
    );
    expect(changing).toEqual([]);
  });

  test("ends with an error if a step fails", async () => {
    const { sandbox } = await openWorkbench({ seed: "workspace" });
    sandbox.faults.add({ kind: "status", status: 400, message: "Not today", path: "/events" });
    const { exitCode, stderr } = await runCommand(start, [], addressOf(sandbox));
    expect(stderr).toMatch(/^submitEvent failed: Intercom refused to submit the event: Not today /);
    expect(exitCode).toBe(1);
  });
});
