import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { act } from "../playground/act";
import { startSandbox } from "../sandbox/index";
import component from "../src/index";
import { addressOf, runCommand } from "./stage/commands";
import { project } from "./stage/outside";

const page = readFileSync(join(project, "docs/recipes.md"), "utf8");

/** The words of a command as a shell splits them. */
const wordsOf = (line: string) =>
  [...line.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) =>
    word.replaceAll(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single),
  );

const commands = [...page.matchAll(/^npm run -s act -- (.*)$/gm)].map(([, line = ""]) => line);

test("the recipes do ten jobs, none of them by a raw request", () => {
  expect(page.match(/^## /gm)).toHaveLength(10);
  expect(commands.filter((line) => line.startsWith("rawRequest"))).toEqual([]);
});

test("the recipes' commands work one after the other in a fresh sandbox, and do what they say", async () => {
  const sandbox = await startSandbox({ seed: "workspace" });
  onTestFinished(() => sandbox.close());
  for (const line of commands) {
    const { exitCode, stdout, stderr } = await runCommand(act, wordsOf(line), addressOf(sandbox));
    expect(stderr, line).not.toContain("refused");
    expect(exitCode, line).toBe(0);
    expect(JSON.parse(stdout), line).toBeDefined();
  }

  const { conversations, contacts, tickets, tags, events, messages, notes } = sandbox.workspace;
  const conversation = conversations.get("347103");
  const partsOf = (type: string) => conversation.parts.filter((part) => part.type === type);
  expect(partsOf("note").map(({ body }) => body)).toContainEqual(
    expect.stringContaining("certificate has expired"),
  );
  expect(partsOf("comment").at(-1)?.body).toContain("The new certificate is installed");
  expect(partsOf("close").at(-1)?.body).toContain("Glad that it works again");
  expect(conversation).toMatchObject({ state: "closed", teamId: "3401" });
  expect(conversation.tags.map(({ id }) => tags.get(id).name)).toEqual(["Key account"]);

  const byEmail = contacts.findByEmail("new.customer@example.org");
  expect(byEmail).toMatchObject({ name: "New Customer", phone: "+35312345678" });
  const ticket = [...tickets.rows.values()].find(
    ({ values }) => values._default_title_ === "The export stops at page 90",
  );
  expect(ticket?.isOpen).toBe(false);

  const carla = conversation.contactIds[0];
  const ofCarla = (row: { contactId: string }) => row.contactId === carla;
  expect([...events.rows.values()].filter(ofCarla).map(({ name }) => name)).toContain(
    "placed-order",
  );
  expect([...notes.rows.values()].filter(ofCarla).at(-1)?.body).toContain("Prefers phone calls");
  expect([...messages.rows.values()].at(-1)?.contactIds).toEqual([carla]);
});

test("every action that the recipes name is in the component", () => {
  const labels = Object.values(component.actions).map(({ display }) => display.label);
  const named = [...page.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => label);
  const triggers = Object.values(component.triggers).map(({ display }) => display.label);
  expect(named.filter((label) => ![...labels, ...triggers].includes(label ?? ""))).toEqual([]);
});
