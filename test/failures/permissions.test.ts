import { describe, expect, test } from "vitest";
import component from "../../src/index";
import { openUse } from "../stage/openUse";
import { type Inputs, openWorkbench, runClockFast } from "../stage/workbench";
import { useOf, uses } from "../uses/index";

const actions = Object.keys(component.actions).filter((key) => key !== "rawRequest");

describe("a missing permission", () => {
  async function nameOfMissing(
    key: string,
    skip: number,
    changes: Inputs = {},
    apiVersion = "2.11",
  ) {
    const bench = await openUse(key, { apiVersion });
    bench.sandbox.faults.add({ kind: "status", status: 403, code: "forbidden", skip });
    const { message } = await bench.refusal(key, { ...bench.inputs, ...changes });
    expect(bench.sandbox.requests).toHaveLength(skip + 1);
    return /The token (?:probably )?lacks the "([^"]+)" permission: tick it/.exec(message)?.[1];
  }

  test.each(actions)("is named by %s, for each of its requests", async (key) => {
    const bench = await openUse(key);
    await bench.run(key, bench.inputs);
    const named: unknown[] = [];
    for (const skip of bench.sandbox.requests.keys()) named.push(await nameOfMissing(key, skip));
    expect(named).toEqual(useOf(key).permissions);
  });

  const variants = Object.entries(uses).flatMap(([key, { variants = [] }]) =>
    variants.flatMap(({ inputs, permissions }): [string, Inputs, string[]][] =>
      permissions ? [[key, inputs, permissions]] : [],
    ),
  );

  test.each(variants)(
    "is named by %s with %j, which looks a company up or searches",
    async (key, changes, names) => {
      for (const [skip, name] of names.entries()) {
        expect(await nameOfMissing(key, skip, changes, "2.12")).toBe(name);
      }
    },
  );

  test("is named by Detach Tag where it checks whether its work was done", async () => {
    runClockFast();
    const bench = await openUse("detachTag");
    bench.sandbox.faults.add({ kind: "closed", workDone: true });
    bench.sandbox.faults.add({ kind: "status", status: 403, code: "forbidden", path: "/tags/*" });
    const { message } = await bench.refusal("detachTag", bench.inputs);
    expect(message).toContain('The token lacks the "Read tags" permission');
  });

  /** Actions whose own permission Intercom names nowhere (Setting up OAuth). */
  const guessed = [
    "attachTagToConversation",
    "convertConversationToTicket",
    "createNote",
    "detachTagFromConversation",
    "listNotes",
    "listTeams",
    "sendMessage",
  ];

  test.each(actions)(
    "is named by %s as the probable one only if Intercom names none",
    async (key) => {
      const calm = await openUse(key);
      await calm.run(key, calm.inputs);
      // The requests before the last one belong to other operations.
      const skip = calm.sandbox.requests.length - 1;
      const bench = await openUse(key);
      bench.sandbox.faults.add({ kind: "status", status: 403, code: "forbidden", skip });
      const { message } = await bench.refusal(key, bench.inputs);
      const verb = guessed.includes(key) ? "probably lacks" : "lacks";
      expect(message).toContain(`The token ${verb} the "`);
    },
  );

  test.each([
    ["selectBrand", "GET /brands", "2.15"],
    ["selectTeam", "GET /teams", "2.11"],
    ["contactAttributesForm", "GET /data_attributes", "2.11"],
    ["conversationAttributesForm", "GET /conversations/attributes", "2.16"],
  ])("is only probably the one for %s, which asks for %s", async (key, request, apiVersion) => {
    const bench = await openWorkbench({ seed: "workspace" }, { apiVersion });
    bench.sandbox.faults.add({ kind: "status", status: 403, code: "forbidden" });
    await expect(bench.readDataSource(key)).rejects.toThrow("The token probably lacks the");
    expect(bench.sent()[0]?.split("?")[0]).toBe(request);
  });
});
