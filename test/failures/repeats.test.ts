import { describe, expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../sandbox/index";
import component from "../../src/index";
import { openUse } from "../stage/openUse";
import { openWorkbench, runClockFast } from "../stage/workbench";
import { uses } from "../uses/index";

const repeatable = Object.keys(component.actions).filter(
  (key) => key !== "rawRequest" && !uses[key]?.isSentOnce,
);

describe("a temporary failure", () => {
  test.each(repeatable)(
    "%s is retried when the answer was lost, and does its work once",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ kind: "closed", workDone: true });
      const lost = await bench.run(key, bench.inputs);
      const calm = await openUse(key);
      const undisturbed = await calm.run(key, calm.inputs);
      expect(withoutTimes(bench.sandbox.save())).toEqual(withoutTimes(calm.sandbox.save()));
      expect(Object.keys(lost ?? {})).toEqual(expect.arrayContaining(idKeys(undisturbed)));
    },
  );

  test.each([
    "deleteContact",
    "deleteTag",
    "deleteCompany",
    "detachTag",
    "detachCompany",
    "detachTagFromConversation",
    "detachContactFromConversation",
  ])("%s that is repeated and finds nothing has done its work", async (key) => {
    runClockFast();
    const bench = await openUse(key);
    bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true });
    await bench.run(key, bench.inputs);
    expect(bench.sandbox.requests.filter(({ method }) => method === "DELETE")).toMatchObject([
      { status: null },
      { status: 404 },
    ]);
  });

  test.each([404, 410])(
    "a retry of a deletion that gets a %i has done its work",
    async (status) => {
      runClockFast();
      const { run, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 503 });
      sandbox.faults.add({ kind: "status", status });
      expect(await run("deleteContact", { id: "1" })).toMatchObject({ data: { deleted: true } });
    },
  );

  test("a retry of Delete Company has done its work if an empty list shows that the company is gone", async () => {
    runClockFast();
    const { run, sandbox } = await openWorkbench();
    const id = "0123456789abcdef01234567";
    const none = { type: "list", data: [], total_count: 0 };
    sandbox.faults.add({ method: "DELETE", kind: "status", status: 503 });
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: none });
    expect(await run("deleteCompany", { id })).toEqual({ id, object: "company", deleted: true });
  });

  test("a contact that is gone at the retry of an unarchive is an error", async () => {
    runClockFast();
    const bench = await openUse("unarchiveContact");
    bench.sandbox.faults.add({ kind: "status", status: 503 });
    bench.sandbox.faults.add({ kind: "status", status: 404, code: "not_found" });
    const error = await bench.refusal("unarchiveContact", bench.inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });

  test("a delete that was never sent does not count as done", async () => {
    runClockFast();
    const bench = await openWorkbench();
    const { port } = new URL(bench.sandbox.url);
    await bench.sandbox.close();
    const deleting = bench.refusal("deleteContact", { id: "0123456789abcdef01234567" });
    while (bench.log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const again = await startSandbox({ port: Number(port), seed: "empty" });
    onTestFinished(() => again.close());
    expect(await deleting).toMatchObject({ name: "NotFoundError", status: 404 });
  });

  test.each(["deleteCompany", "detachCompany"])(
    "%s by your company_id does not count as done if it was only tried under another id",
    async (key) => {
      runClockFast();
      const bench = await openUse("detachCompany");
      bench.sandbox.faults.add({ kind: "status", status: 503 });
      const { id } = bench.inputs;
      await bench.run(key, { id: key === "deleteCompany" ? "smithy" : id, companyId: "smithy" });
      const contact = bench.sandbox.workspace.contacts.get(String(id));
      expect(contact.companyIds).toEqual([]);
    },
  );

  describe("a retry never changes a second company whose company_id is the first one's ID:", () => {
    async function openTwins() {
      runClockFast();
      const bench = await openUse("detachCompany");
      const { companies, contacts } = bench.sandbox.workspace;
      const [first] = companies.rows.values();
      const firstId = first?.id ?? "";
      const second = companies.upsert({ companyId: firstId, name: "Second" });
      const id = String(bench.inputs.id);
      const attached = () => contacts.get(id).companyIds;
      return { ...bench, id, firstId, second, attached, companies };
    }

    test("Delete Company, whose answer was lost, says that Intercom may have done the work", async () => {
      const { companies, firstId, second, ...bench } = await openTwins();
      bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true });
      const error = await bench.refusal("deleteCompany", { id: firstId });
      expect([...companies.rows.keys()]).toEqual([second.id]);
      expect(error.name).toBe("NotFoundError");
      expect(error.message).toMatch(/^Intercom refused to delete the company: /);
      expect(error.message).toContain("An earlier try may have done it nevertheless.");
      expect(error.message).toContain(`If you mean that company, give its own ID, ${second.id}.`);
    });

    test.each(["0123456789abcdef01234567", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"])(
      "Delete Company %s, whose answer was lost, does not delete the company with that company_id",
      async (companyId) => {
        const { companies, ...bench } = await openTwins();
        const { id } = companies.upsert({ companyId, name: "Another" });
        bench.sandbox.faults.add({ method: "DELETE", kind: "status", status: 503 });
        const { message } = await bench.refusal("deleteCompany", { id: companyId });
        expect(message).toContain(`give its own ID, ${id}.`);
        expect(companies.rows.has(id)).toBe(true);
      },
    );

    test("Delete Company by your company_id, whose answer was lost", async () => {
      const { companies, second, ...bench } = await openTwins();
      bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true, skip: 1 });
      await bench.run("deleteCompany", { id: "smithy" });
      expect([...companies.rows.keys()]).toEqual([second.id]);
    });

    test("Delete Company, with no lost answer, reads the ID as the company_id", async () => {
      const { companies, firstId, ...bench } = await openTwins();
      await bench.run("deleteCompany", { id: firstId });
      await bench.run("deleteCompany", { id: firstId });
      expect([...companies.rows.keys()]).toEqual([]);
    });

    test("Detach Company, if the first company was deleted meanwhile", async () => {
      const { id, firstId, second, attached, companies, ...bench } = await openTwins();
      const contact = bench.sandbox.workspace.contacts.get(id);
      companies.attach(contact, second);
      bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true });
      const detaching = bench.refusal("detachCompany", { id, companyId: firstId });
      while (!bench.log.some((line) => line.includes("retry 1"))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const first = companies.rows.get(firstId);
      if (first) companies.delete(first);
      expect((await detaching).message).toContain("we left that company unchanged");
      expect(attached()).toEqual([second.id]);
    });

    test("Attach Company, if the first company was deleted meanwhile", async () => {
      const { id, firstId, attached, companies, ...bench } = await openTwins();
      bench.sandbox.faults.add({ method: "POST", kind: "closed", workDone: true });
      const attaching = bench.refusal("attachCompany", { id, companyId: firstId });
      while (!bench.log.some((line) => line.includes("retry 1"))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const first = companies.rows.get(firstId);
      if (first) companies.delete(first);
      expect((await attaching).message).toContain("we left that company unchanged");
      expect(attached()).toEqual([]);
    });
  });
});

/**
 * The content of a saved sandbox, except times and the count of requests, because a retry changes
 * both.
 */
function withoutTimes(saved: unknown): unknown {
  return JSON.parse(JSON.stringify(saved), (key, value) =>
    /At$|AtMs$|^waitingSince$|^request$/.test(key) ? undefined : value,
  );
}

const idKeys = (data: unknown): string[] =>
  typeof data === "object" && data !== null && "id" in data ? ["id"] : [];
