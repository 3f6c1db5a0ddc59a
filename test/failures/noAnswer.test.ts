import dns from "node:dns";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openUse } from "../stage/openUse";
import { openWorkbench, runClockFast } from "../stage/workbench";

const ada = { email: "ada@example.org", role: "user" };

describe("an answer that does not count", () => {
  test("a web page does not count as the answer to a delete", async () => {
    runClockFast();
    const bench = await openUse("deleteTag");
    bench.sandbox.faults.add({ kind: "html", status: 200, method: "DELETE", times: 4 });
    const { message } = await bench.refusal("deleteTag", bench.inputs);
    expect(message).toBe(
      "Intercom gave no usable answer when asked to delete the tag: the answer is not JSON (text/html).",
    );
  });

  test("an answer of another form does not count where a list is needed", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 200, body: {}, times: 4 });
    const { message } = await bench.refusal("listTags");
    expect(message).toBe(
      "Intercom gave no usable answer when asked to list the tags: the answer is not a list.",
    );
  });

  test("an empty answer does not count where a body is needed", async () => {
    runClockFast();
    const bench = await openUse("listTags");
    bench.sandbox.faults.add({ kind: "empty" });
    const { message } = await bench.refusal("createContact", ada);
    expect(message).toBe(
      "Intercom gave no usable answer when asked to create the contact: the answer is empty. Intercom may have done it nevertheless: check in Intercom before you send it again.",
    );
    bench.sandbox.faults.add({ kind: "empty" });
    expect(await bench.run("listTags")).toHaveLength(1);
  });

  test.each(["createContact", "updateContact", "listTags"])(
    "null does not count as an answer, and %s says so",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ kind: "status", status: 200, body: null, times: 4 });
      expect((await bench.refusal(key, bench.inputs)).message).toContain(": the answer is empty.");
    },
  );

  test.each(["ENOTFOUND", "EAI_AGAIN"])(
    "without an address (%s), the error does not say that Intercom may have done the work",
    async (code) => {
      const { connection, refusal } = await openWorkbench();
      const lookup = vi.spyOn(dns, "lookup").mockImplementation(((
        host: string,
        _options: object,
        callback: (error: Error) => void,
      ) => {
        const error = new Error(`getaddrinfo ${code} ${host}`);
        setImmediate(callback, Object.assign(error, { code }));
      }) as never);
      onTestFinished(() => lookup.mockRestore());
      // A host name that never exists (RFC 6761, 6.4), without a proxy.
      vi.stubEnv("NO_PROXY", "*");
      vi.stubEnv("no_proxy", "*");
      onTestFinished(() => void vi.unstubAllEnvs());
      const fields = { ...connection.fields, baseUrl: "https://intercom.invalid" };
      const error = await refusal("createContact", {
        ...ada,
        connection: { ...connection, fields },
      });
      expect(lookup).toHaveBeenCalled();
      expect(error.message).toContain(`getaddrinfo ${code} intercom.invalid`);
      expect(error.message).not.toContain("It may have been done");
    },
  );

  test("without a connection, the error does not say that Intercom may have done the work", async () => {
    runClockFast();
    const bench = await openWorkbench();
    await bench.sandbox.close();
    const { message } = await bench.refusal("createContact", ada);
    expect(message).toMatch(
      /^Intercom gave no usable answer when asked to create the contact: .*ECONNREFUSED/,
    );
    expect(message).not.toContain("It may have been done");
  });
});
