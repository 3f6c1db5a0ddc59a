import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Fault } from "../sandbox/index";
import component from "../src/index";
import { openUse } from "./stage/openUse";
import { serve } from "./stage/serve";
import { openWorkbench, runClockFast } from "./stage/workbench";
import { uses } from "./uses/index";

const ada = { email: "ada@example.org", role: "user" };
const actions = Object.keys(component.actions).filter((key) => key !== "rawRequest");
const megabyte = 1024 * 1024;
const doubt = "Intercom may have done it nevertheless: check in Intercom before you send it again.";

describe("an answer with a status of success", () => {
  const ofOneRecord = actions.filter((key) => !uses[key]?.givesList && key !== "submitEvent");
  const ofLists = actions.filter((key) => uses[key]?.givesList);
  const errorList = { type: "error.list", id: "5", data: [], errors: [{ code: "server_error" }] };

  async function refusalOver(key: string, body: unknown, target: Partial<Fault> = {}) {
    runClockFast();
    const bench = await openUse(key);
    bench.sandbox.faults.add({ ...target, kind: "status", status: 200, body, times: 4 } as Fault);
    return bench.refusal(key, bench.inputs);
  }

  test.each(ofOneRecord)(
    "does not count for %s where it has no id, or is an error",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      for (const body of [{}, [], { id: "" }, errorList]) {
        bench.sandbox.faults.add({ kind: "status", status: 200, body });
      }
      // Each try gets one of these faults.
      while (bench.sandbox.faults.pending.length > 0) {
        const error = await bench.refusal(key, bench.inputs);
        expect(error.name).toBe("NoAnswerError");
        expect(error.message).toMatch(
          /: the answer (has no id|is not a list|is an error, although its status says done)\./,
        );
        expect(error.message.endsWith(doubt)).toBe(uses[key]?.isSentOnce === true);
      }
      expect(bench.sandbox.requests).toHaveLength(4);
    },
  );

  test.each(ofLists)(
    "does not count for %s where it is an error with an empty list",
    async (key) => {
      expect((await refusalOver(key, errorList)).message).toContain("the answer is an error");
    },
  );

  test("does not count for Delete Tag, whose answer is empty, where it is an error", async () => {
    const { message } = await refusalOver("deleteTag", errorList, { method: "DELETE" });
    expect(message).toContain("asked to delete the tag: the answer is an error");
  });

  test.each([{}, "", errorList])(
    "does not count for Submit Event, whose answer is empty, with another status than 202: %j",
    async (body) => {
      const { message } = await refusalOver("submitEvent", body);
      expect(message).toContain("asked to submit the event: the answer has the status 200");
    },
  );

  test.each([
    ["deleteContact", { id: "5", deleted: false }, '"deleted": false'],
    ["deleteCompany", { id: "5", deleted: false }, '"deleted": false'],
    ["archiveContact", { id: "5", archived: false }, '"archived": false'],
    ["unarchiveContact", { id: "5", archived: true }, '"archived": true'],
  ])("is none for %s where it says %j", async (key, body, said) => {
    expect((await refusalOver(key, body)).message).toContain(`: the answer says ${said}.`);
  });
});

describe("an answer without end", () => {
  /** `size` zeros, in members of eight megabytes that are packed once. */
  function zeros(sizeMb: number): Buffer {
    const member = gzipSync(Buffer.alloc(8 * megabyte));
    return Buffer.concat(Array.from({ length: sizeMb / 8 }, () => member));
  }

  /** Measures the most memory in megabytes, above the memory at the start. */
  function watchMemory(): () => number {
    const held = () => process.memoryUsage().arrayBuffers / megabyte;
    const before = held();
    let most = before;
    const timer = setInterval(() => {
      most = Math.max(most, held());
    }, 2);
    onTestFinished(() => clearInterval(timer));
    return () => most - before;
  }

  /** A server that gives every request the same answer. */
  async function openOver(status: number, sizeMb: number) {
    const body = zeros(sizeMb);
    let requests = 0;
    const baseUrl = await serve((_, response) => {
      requests += 1;
      response.on("error", () => undefined);
      response
        .writeHead(status, { "content-type": "application/json", "content-encoding": "gzip" })
        .end(body);
    });
    const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
    return { ...bench, requests: () => requests };
  }

  test("is read up to 100 MB and not retried, and the error says what to do", async () => {
    const bench = await openOver(200, 512);
    const mostHeld = watchMemory();
    const { message } = await bench.refusal("listTags");
    expect(message).toBe(
      "Intercom gave no usable answer when asked to list the tags: the answer is larger than 100 MB and was not read to its end: ask for fewer per page.",
    );
    expect(mostHeld()).toBeLessThan(160);
    expect(bench.requests()).toBe(1);
  });

  test("that is an error is read up to 10 MB, and counts by its status", async () => {
    const bench = await openOver(404, 512);
    const error = await bench.refusal("listTags");
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
    expect(error.message).toContain("the answer is longer than 10 MB (application/json)");
  });

  test("that is an error takes little more than 10 MB from the connection", async () => {
    let takenMb = 0;
    const baseUrl = await serve((_, response) => {
      response.on("error", () => undefined);
      response.writeHead(404);
      const chunk = Buffer.alloc(megabyte);
      const goOn = () => {
        takenMb += 1;
        if (takenMb < 200 && !response.destroyed) response.write(chunk, goOn);
      };
      response.write(chunk, goOn);
    });
    const { refusal } = await openWorkbench({ seed: "empty" }, { baseUrl });
    expect(await refusal("listTags")).toMatchObject({ status: 404 });
    expect(takenMb).toBeGreaterThanOrEqual(10);
    // The buffers of both sockets hold some bytes, too.
    expect(takenMb).toBeLessThan(40);
  });

  test("that is an error takes processor time in proportion to its size", async () => {
    // The search for the token decodes each layer.
    const escaped = "%25252541".repeat((4 * megabyte) / 9);
    const long = JSON.stringify({ errors: [{ code: "odd", more: escaped }], more: escaped });
    const spent = (since: NodeJS.CpuUsage) => {
      const { user, system } = process.cpuUsage(since);
      return user + system;
    };
    const beforeReading = process.cpuUsage();
    for (let times = 0; times < 10; times += 1) JSON.parse(JSON.stringify(long));
    const reading = spent(beforeReading);
    for (const said of [long, escaped]) {
      const baseUrl = await serve((_, response) => void response.writeHead(400).end(said));
      const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
      const before = process.cpuUsage();
      expect(await bench.refusal("listTags")).toMatchObject({ status: 400 });
      expect(spent(before)).toBeLessThan(reading);
    }
  });

  test("to a Raw Request that writes is also cut, and the error says that Intercom may have done the work", async () => {
    const body = Buffer.alloc(101 * megabyte);
    const baseUrl = await serve((_, response) => {
      response.on("error", () => undefined);
      response.writeHead(201).end(body);
    });
    const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
    const inputs = { method: "POST", url: "/export", responseType: "arraybuffer" };
    const { message } = await bench.refusal("rawRequest", inputs);
    expect(message).toContain("the answer is larger than 100 MB");
    expect(message).toContain(doubt);
  });

  test("that stalls half-way ends with the time-out", async () => {
    runClockFast();
    const baseUrl = await serve((_, response) => void response.writeHead(200).write('{"data": ['));
    const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
    expect((await bench.refusal("createContact", ada)).message).toContain(
      `no answer within 30 s. ${doubt}`,
    );
  });

  test("that is an error shows at most 2,000 characters, and no part of the token at the cut", async () => {
    const bench = await openWorkbench();
    const { token } = bench.sandbox;
    const long = `${"x".repeat(1990)}${token}${"y".repeat(megabyte / 2)}`;
    const errors = Array.from({ length: 200 }, () => ({ code: long, message: long, field: long }));
    const body = { type: "error.list", request_id: long, errors: errors.slice(0, 3) };
    bench.sandbox.faults.add({ kind: "status", status: 422, body });
    const error = await bench.refusal("listTags");
    expect(error.message).toContain("x".repeat(1990));
    expect(error.message.length).toBeLessThan(3 * 2000 + 200);
    expect(JSON.stringify(error).length).toBeLessThan(15 * 2000);
    expect(JSON.stringify(error) + error.message).not.toContain(token.slice(0, 5));

    const many = { type: "error.list", errors: errors.map(() => ({ code: "c", message: "m" })) };
    bench.sandbox.faults.add({ kind: "status", status: 422, body: many });
    expect((await bench.refusal("listTags")) as { errors?: unknown }).toHaveProperty(
      "errors.length",
      100,
    );
  });

  test("begins with a byte order mark and is read nevertheless", async () => {
    const baseUrl = await serve((_, response) => void response.end('\ufeff{"data": []}'));
    const bench = await openWorkbench({ seed: "empty" }, { baseUrl });
    expect(await bench.run("listTags")).toEqual([]);
  });
});
