import dns from "node:dns";
import { inspect } from "node:util";
import { isConnectionError } from "@prismatic-io/spectral";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Fault, startSandbox } from "../sandbox/index";
import component from "../src/index";
import { fillCompanies } from "./stage/crowd";
import { openUse } from "./stage/openUse";
import { type Inputs, openWorkbench, runClockFast, type Workbench } from "./stage/workbench";
import { useOf, uses } from "./uses/index";

const ada = { email: "ada@example.org", role: "user" };
const tokenOfSandbox = /dG9r[\w+/=]{20,}/;

const actions = Object.keys(component.actions).filter((key) => key !== "rawRequest");
const onceOnly = Object.keys(uses).filter((key) => useOf(key).isSentOnce);
const repeatable = actions.filter((key) => !onceOnly.includes(key));

const pauses = ({ log }: Workbench) =>
  log.flatMap((line) => {
    const [, seconds] = /Waiting ([\d.]+) s\./.exec(line) ?? [];
    return seconds === undefined ? [] : [Number(seconds)];
  });

describe("429", () => {
  test.each(actions)("%s waits until the limit is lifted, then goes on", async (key) => {
    runClockFast();
    const bench = await openUse(key);
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 7 });
    const startedAtMs = Date.now();
    await bench.run(key, bench.inputs);
    expect(Date.now() - startedAtMs).toBeGreaterThanOrEqual(6000);
    expect(pauses(bench)).toHaveLength(1);
  });

  test("a clock that is off does no harm: the wait goes by Intercom's own", async () => {
    runClockFast();
    const bench = await openWorkbench({ seed: "empty", now: () => Date.now() + 3_600_000 });
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 7 });
    await bench.run("listTags");
    expect(pauses(bench)[0]).toBeGreaterThanOrEqual(6);
    expect(pauses(bench)[0]).toBeLessThanOrEqual(8);
  });

  test("a window that seems over is waited for nevertheless, as long as Retry-After says", async () => {
    runClockFast();
    const bench = await openWorkbench();
    const over = { "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) - 3) };
    bench.sandbox.faults.add({ kind: "status", status: 429, headers: over });
    bench.sandbox.faults.add({
      kind: "status",
      status: 429,
      headers: { ...over, "retry-after": "7" },
    });
    await bench.run("listTags");
    expect(pauses(bench)).toEqual([1, 7]);
  });

  test("without a word on when it ends, the wait is one window of ten seconds", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited" });
    await bench.run("listTags");
    expect(pauses(bench)).toEqual([10]);
  });

  test("Retry-After is heeded where there is no other word", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 429, headers: { "retry-after": "4" } });
    await bench.run("listTags");
    expect(pauses(bench)).toEqual([4]);
  });

  test("no wait is longer than a minute", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 600, times: 2 });
    await bench.run("listTags");
    expect(pauses(bench)).toEqual([60, 60]);
  });

  test("after five waits it is an error that says so", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "rateLimited", resetInSeconds: 1, times: 6 });
    const error = await bench.refusal("createTag", { name: "VIP" });
    expect(error).toMatchObject({
      name: "RateLimitError",
      status: 429,
      code: "rate_limit_exceeded",
    });
    expect(error.message).toMatch(/^Intercom refused to create the tag: Exceeded rate limit of /);
    expect(bench.sandbox.requests).toHaveLength(6);
  });
});

const passing: [string, Fault][] = [
  ["408", { kind: "status", status: 408 }],
  ["500", { kind: "status", status: 500 }],
  ["502 with a page of HTML", { kind: "html", status: 502 }],
  ["503", { kind: "status", status: 503 }],
  ["504", { kind: "status", status: 504 }],
  // Of proxies and content networks.
  ["501", { kind: "status", status: 501 }],
  ["507", { kind: "status", status: 507 }],
  ["520 with a page of HTML", { kind: "html", status: 520, workDone: true }],
  ["530", { kind: "status", status: 530 }],
  ["599", { kind: "status", status: 599 }],
  ["a connection closed before the answer", { kind: "closed" }],
  ["a connection closed before the answer, the work done", { kind: "closed", workDone: true }],
  ["a connection cut in the answer", { kind: "cut" }],
  ["no answer within 30 s", { kind: "hang" }],
  ["200 with a page of HTML", { kind: "html", status: 200 }],
];

describe.each(passing)("%s", (_name, fault) => {
  test.each(["listTags", "createCompany", "attachTag", "updateContact", "searchContacts"])(
    "%s is tried again and goes through",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ ...fault, times: 3 });
      await bench.run(key, bench.inputs);
      expect(bench.sandbox.requests).toHaveLength(4);
    },
  );

  test.each(onceOnly)(
    "%s is not tried again, and the error says that it may be done",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add(fault);
      const { message } = await bench.refusal(key, bench.inputs);
      expect(message).toMatch(/^Intercom (failed|gave no usable answer when asked) to create the /);
      expect(message).toMatch(
        /It may have been done all the same: look before you send it again\.$/,
      );
      expect(bench.sandbox.requests).toHaveLength(1);
    },
  );
});

describe("a raw request", () => {
  test.each([408, 507, 520, 599])("that only reads is tried again after %i", async (status) => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status });
    await bench.run("rawRequest", { method: "GET", url: "/tags", maxRetries: 1 });
    expect(bench.sandbox.requests).toHaveLength(2);
  });

  test.each([408, 507, 520, 599])("that writes may have been done after %i", async (status) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status });
    const error = await bench.refusal("rawRequest", { method: "POST", url: "/x", maxRetries: 1 });
    expect(error.message).toMatch(/^Intercom failed to POST .+ It may have been done all the same/);
    expect(error).toMatchObject({ name: "ServerError", mayBeDone: true });
    expect(bench.sandbox.requests).toHaveLength(1);
  });

  test("that is refused at its second try may have been done by the first", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 502 });
    bench.sandbox.faults.add({ kind: "status", status: 409, code: "conflict", message: "Taken" });
    const inputs = { method: "POST", url: "/x", maxRetries: 1, retryAllErrors: true };
    expect((await bench.refusal("rawRequest", inputs)).message).toMatch(
      /Taken \(409 conflict, .+\)\. It may have been done all the same/,
    );
  });
});

describe("a failure that passes", () => {
  test.each(repeatable)(
    "%s is tried again when the answer was lost, and does its work once",
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

  test("the waits double from half a second, with jitter on top", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 500, times: 3 });
    await bench.run("listTags");
    const [first = 0, second = 0, third = 0, ...more] = pauses(bench);
    expect(more).toEqual([]);
    for (const [given, least] of [
      [first, 0.5],
      [second, 1],
      [third, 2],
    ] as const) {
      expect(given).toBeGreaterThanOrEqual(least);
      expect(given).toBeLessThanOrEqual(least * 1.25);
    }
  });

  test("the waits differ, so that those who failed together don't come back together", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 500, times: 24 });
    for (let times = 0; times < 6; times += 1) await bench.refusal("listTags");
    const thirds = pauses(bench).filter((_, index) => index % 3 === 2);
    expect(thirds).toHaveLength(6);
    expect(new Set(thirds).size).toBeGreaterThan(1);
  });

  test("the wait is as long as Retry-After says, where that is longer", async () => {
    runClockFast();
    const bench = await openWorkbench();
    for (const after of ["7", "0", new Date(Date.now() - 5000).toUTCString()]) {
      bench.sandbox.faults.add({ kind: "status", status: 503, headers: { "retry-after": after } });
    }
    await bench.run("listTags");
    const [first, second, third] = pauses(bench);
    expect(first).toBe(7);
    expect(second).toBeGreaterThanOrEqual(1);
    expect(second).toBeLessThanOrEqual(1.3);
    expect(third).toBeGreaterThanOrEqual(2);
    expect(third).toBeLessThanOrEqual(2.5);
  });

  test("after three retries it is said, with Intercom's words and the request", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({
      kind: "status",
      status: 503,
      code: "service_unavailable",
      times: 4,
    });
    const error = await bench.refusal("listTags");
    expect(error).toMatchObject({ name: "ServerError", status: 503, code: "service_unavailable" });
    expect(error.message).toMatch(
      /^Intercom failed to list the tags: .+ \(503 service_unavailable, request \w{20}\)\.$/,
    );
    expect(bench.sandbox.requests).toHaveLength(4);
  });

  test.each(["deleteContact", "deleteTag", "deleteCompany", "detachTag", "detachCompany"])(
    "%s that is repeated and finds nothing has done its work",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true });
      await bench.run(key, bench.inputs);
      expect(bench.sandbox.requests.filter(({ method }) => method === "DELETE")).toMatchObject([
        { status: null },
        { status: 404 },
      ]);
    },
  );

  test.each([404, 410])(
    "a deletion that is repeated and finds %i has done its work",
    async (status) => {
      runClockFast();
      const { run, sandbox } = await openWorkbench();
      sandbox.faults.add({ kind: "status", status: 503 });
      sandbox.faults.add({ kind: "status", status });
      expect(await run("deleteContact", { id: "1" })).toMatchObject({ data: { deleted: true } });
    },
  );

  test("Delete Company that is repeated has done its work where an empty list shows that it is gone", async () => {
    runClockFast();
    const { run, sandbox } = await openWorkbench();
    const id = "0123456789abcdef01234567";
    const none = { type: "list", data: [], total_count: 0 };
    sandbox.faults.add({ method: "DELETE", kind: "status", status: 503 });
    sandbox.faults.add({ path: "/companies", kind: "status", status: 200, body: none });
    expect(await run("deleteCompany", { id })).toEqual({ id, object: "company", deleted: true });
  });

  test("a contact that is gone when it is unarchived again is an error, and not an archived one", async () => {
    runClockFast();
    const bench = await openUse("unarchiveContact");
    bench.sandbox.faults.add({ kind: "status", status: 503 });
    bench.sandbox.faults.add({ kind: "status", status: 404, code: "not_found" });
    const error = await bench.refusal("unarchiveContact", bench.inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status: 404 });
  });

  test("a delete that was never sent before has not done its work", async () => {
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

  test("a page that passes for the answer to a delete is none", async () => {
    runClockFast();
    const bench = await openUse("deleteTag");
    bench.sandbox.faults.add({ kind: "html", status: 200, method: "DELETE", times: 4 });
    const { message } = await bench.refusal("deleteTag", bench.inputs);
    expect(message).toBe(
      "Intercom gave no usable answer when asked to delete the tag: the answer is no JSON (text/html).",
    );
  });

  test("an answer of another form is none where a list is needed", async () => {
    runClockFast();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status: 200, body: {}, times: 4 });
    const { message } = await bench.refusal("listTags");
    expect(message).toBe(
      "Intercom gave no usable answer when asked to list the tags: the answer is no list.",
    );
  });

  test.each(["deleteCompany", "detachCompany"])(
    "%s by your company_id is not taken for done where it was only tried under another id",
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

  describe("never strikes a second company, whose company_id is the first one's ID:", () => {
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

    test("Delete Company, whose answer was lost, says what may have been done", async () => {
      const { companies, firstId, second, ...bench } = await openTwins();
      bench.sandbox.faults.add({ method: "DELETE", kind: "closed", workDone: true });
      const error = await bench.refusal("deleteCompany", { id: firstId });
      expect([...companies.rows.keys()]).toEqual([second.id]);
      expect(error.name).toBe("NotFoundError");
      expect(error.message).toMatch(/^Intercom refused to delete the company: /);
      expect(error.message).toContain("An earlier try may have done it all the same.");
      expect(error.message).toContain(`if you mean that one, give its own ID, ${second.id}.`);
    });

    test.each(["0123456789abcdef01234567", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"])(
      "Delete Company %s, whose answer was lost, leaves the company alone that has it as company_id",
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

    test("Delete Company, where nothing was lost, takes the ID for the company_id", async () => {
      const { companies, firstId, ...bench } = await openTwins();
      await bench.run("deleteCompany", { id: firstId });
      await bench.run("deleteCompany", { id: firstId });
      expect([...companies.rows.keys()]).toEqual([]);
    });

    test("Detach Company, where the first went meanwhile", async () => {
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
      expect((await detaching).message).toContain("was left alone");
      expect(attached()).toEqual([second.id]);
    });

    test("Attach Company, where the first went meanwhile", async () => {
      const { id, firstId, attached, companies, ...bench } = await openTwins();
      bench.sandbox.faults.add({ method: "POST", kind: "closed", workDone: true });
      const attaching = bench.refusal("attachCompany", { id, companyId: firstId });
      while (!bench.log.some((line) => line.includes("retry 1"))) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      const first = companies.rows.get(firstId);
      if (first) companies.delete(first);
      expect((await attaching).message).toContain("was left alone");
      expect(attached()).toEqual([]);
    });
  });

  test("an answer without a body is no answer where one is needed", async () => {
    runClockFast();
    const bench = await openUse("listTags");
    bench.sandbox.faults.add({ kind: "empty" });
    const { message } = await bench.refusal("createContact", ada);
    expect(message).toBe(
      "Intercom gave no usable answer when asked to create the contact: the answer is empty. It may have been done all the same: look before you send it again.",
    );
    bench.sandbox.faults.add({ kind: "empty" });
    expect(await bench.run("listTags")).toHaveLength(1);
  });

  test.each(["createContact", "updateContact", "listTags"])(
    "null for an answer is none, which %s says",
    async (key) => {
      runClockFast();
      const bench = await openUse(key);
      bench.sandbox.faults.add({ kind: "status", status: 200, body: null, times: 4 });
      expect((await bench.refusal(key, bench.inputs)).message).toContain(": the answer is empty.");
    },
  );

  test.each(["ENOTFOUND", "EAI_AGAIN"])(
    "where no address is found (%s), nothing can have been done, and the error does not say so",
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
      // Of the host names that stand for nobody (RFC 6761, 6.4), and reached by no proxy.
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

  test("a connection that never came about can't have done anything, and the error does not say so", async () => {
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

describe("everything else is said at once", () => {
  test.each([400, 404, 405, 409, 422])("%i is not tried again", async (status) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status, code: "some_code", message: "Because" });
    const error = await bench.refusal("listTags");
    expect(error.message).toMatch(
      new RegExp(
        `^Intercom refused to list the tags: Because \\(${status} some_code, request \\w{20}\\)\\.$`,
      ),
    );
    expect(error).toMatchObject({ status, code: "some_code", errors: [{ message: "Because" }] });
    expect(bench.sandbox.requests).toHaveLength(1);
  });

  test.each([404, 410])("%i is a thing that is not there", async (status) => {
    const bench = await openUse("getContact");
    bench.sandbox.faults.add({ kind: "status", status });
    const error = await bench.refusal("getContact", bench.inputs);
    expect(error).toMatchObject({ name: "NotFoundError", status });
  });

  test("every error that Intercom names is in the message", async () => {
    const bench = await openWorkbench();
    const errors = [
      { code: "parameter_invalid", message: "Email is invalid" },
      { code: "parameter_missing", message: null },
      { code: "parameter_invalid", message: "Phone is invalid" },
    ];
    const body = { type: "error.list", request_id: "002je5", errors };
    bench.sandbox.faults.add({ kind: "status", status: 422, body });
    const error = await bench.refusal("createTag", { name: "VIP" });
    expect(error).toMatchObject({ name: "BadRequestError", requestId: "002je5", errors });
    expect(error.message).toBe(
      "Intercom refused to create the tag: Email is invalid; parameter_missing; Phone is invalid (422 parameter_invalid, request 002je5).",
    );
  });

  test("the request is named by its header where the answer itself does not name it", async () => {
    const bench = await openWorkbench();
    const body = { type: "error.list", errors: [{ code: "some_code", message: "Because" }] };
    bench.sandbox.faults.add({ kind: "status", status: 400, body });
    const error = await bench.refusal("listTags");
    const [request] = bench.sandbox.requests;
    expect(error).toMatchObject({ requestId: request?.requestId });
    expect(error.message).toContain(`(400 some_code, request ${request?.requestId}).`);
  });

  test.each([
    [403, "api_plan_restricted", "Not available", "The workspace's plan does not have this."],
    [
      400,
      "intercom_version_invalid",
      "The requested version could not be found",
      "Choose another API version in the connection.",
    ],
    [
      400,
      "scroll_exists",
      "scroll already exists for this workspace",
      "Another program is reading all companies; Intercom allows one at a time. Try again in a minute.",
    ],
    [
      400,
      "bad_request",
      "page limit reached, please use scroll API",
      'Tick "Fetch All" to read all of them.',
    ],
    [
      409,
      "conflict",
      "An archived contact matching those details already exists with id=5",
      "That contact is archived: unarchive it by this ID, then update it.",
    ],
    [401, "unauthorized", "Access Token Invalid", "Connect again, or check the access token."],
  ])("%i %s: %s, and what to do about it", async (status, code, message, advice) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status, code, message });
    const error = await bench.refusal("createTag", { name: "VIP" });
    expect(error.message).toContain(
      `Intercom refused to create the tag: ${message} (${status} ${code}, request `,
    );
    expect(error.message).toContain(`). ${advice}`);
    expect(error.message).not.toContain("permission");
  });

  test.each([
    [403, "action_forbidden"],
    [409, "conflict"],
    [400, "parameter_invalid"],
  ])("%i %s, for which no advice is known, is followed by none", async (status, code) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status, code, message: "No" });
    const { message } = await bench.refusal("createTag", { name: "VIP" });
    expect(message).toMatch(/: No \(\d+ \w+, request \w{20}\)\.$/);
  });

  test("a token that was revoked is an error of the connection", async () => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "tokenRevoked" });
    const error = await bench.refusal("listTags");
    expect(isConnectionError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "ConnectionError",
      status: 401,
      code: "token_revoked",
      requestId: bench.sandbox.requests[0]?.requestId,
      errors: [{ code: "token_revoked" }],
    });
    expect(error.message).toMatch(
      /\(401 token_revoked, request \w{20}\)\. Connect again, or check the access token\.$/,
    );
  });

  test.each([
    [401, "token_unauthorized", "createTicket", "Write tickets"],
    [403, "forbidden", "listTags", "Read tags"],
    [403, "forbidden", "deleteCompany", "Write users and companies"],
  ])("%i %s names the permission that is missing", async (status, code, key, permission) => {
    const bench = await openUse(key);
    bench.sandbox.faults.add({ kind: "status", status, code, message: "Not authorized" });
    const { message } = await bench.refusal(key, bench.inputs);
    expect(message).toContain(`The token lacks the "${permission}" permission`);
  });

  test("a redirect is not followed, since the token would go along", async () => {
    const elsewhere = await openWorkbench();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({
      kind: "status",
      status: 302,
      headers: { location: `${elsewhere.sandbox.url}/tags` },
    });
    expect((await bench.refusal("listTags")).message).toContain("which is not followed");
    expect(elsewhere.sandbox.requests).toEqual([]);
  });
});

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
    return /The token lacks the "([^"]+)" permission: tick it/.exec(message)?.[1];
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

  test("is named by Detach Tag where it looks whether its work was done", async () => {
    runClockFast();
    const bench = await openUse("detachTag");
    bench.sandbox.faults.add({ kind: "closed", workDone: true });
    bench.sandbox.faults.add({ kind: "status", status: 403, code: "forbidden", path: "/tags/*" });
    const { message } = await bench.refusal("detachTag", bench.inputs);
    expect(message).toContain('The token lacks the "Read tags" permission');
  });
});

describe("the scroll over more than 10,000 companies", () => {
  const large = { seed: "empty" as const, settings: { companyListCap: 100 } };

  /** Above the cap that is set for the sandbox, so that few companies do. */
  async function openLarge() {
    runClockFast();
    const bench = await openWorkbench(large);
    const ids = fillCompanies(bench.sandbox.workspace, 450).map(({ id }) => id);
    const scrolls = () =>
      bench.sandbox.requests.filter(({ path }) => path.startsWith("/companies/scroll"));
    const readAll = async () => {
      const list = await bench.run<{ data: { id: string }[] }>("listCompanies", { fetchAll: true });
      return list.data.map(({ id }) => id).reverse();
    };
    return { ...bench, ids, readAll, scrolls };
  }

  test.each<[string, Fault]>([
    ["a 500", { kind: "status", status: 500 }],
    ["a lost answer, whose page the next call would skip", { kind: "closed", workDone: true }],
    ["a cut answer", { kind: "cut" }],
  ])("starts anew after %s, and loses nothing", async (_name, fault) => {
    const { ids, readAll, sandbox, scrolls } = await openLarge();
    sandbox.faults.add({ ...fault, path: "/companies/scroll", skip: 2 });
    expect(await readAll()).toEqual(ids);
    // The call is not repeated, since each moves the scroll on: the next one starts a new scroll.
    const [, , broken, next] = scrolls();
    expect(broken).toMatchObject({ query: { scroll_param: expect.any(String) } });
    expect(next?.query).not.toHaveProperty("scroll_param");
  });

  test("waits for another scroll to end", async () => {
    const { ids, log, readAll, sandbox } = await openLarge();
    await fetch(`${sandbox.url}/companies/scroll`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    expect(await readAll()).toEqual(ids);
    expect(log.join("\n")).toContain("Another scroll over the companies is open.");
  });

  test("waits five times for another scroll to end, and then says so", async () => {
    const bench = await openLarge();
    bench.sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 400,
      code: "scroll_exists",
      message: "scroll already exists for this workspace",
      // What does not end here would not end at all.
      times: 50,
    });
    await expect(bench.readAll()).rejects.toThrow("Another program is reading all companies");
    expect(pauses(bench)).toEqual([15, 15, 15, 15, 15]);
    expect(bench.scrolls()).toHaveLength(6);
  });

  test("that was forgotten half-way is not taken for its end", async () => {
    const { ids, readAll, sandbox } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      skip: 2,
      kind: "rateLimited",
      resetInSeconds: 90,
      times: 2,
    });
    expect(await readAll()).toEqual(ids);
  });

  test("counts anew where a company goes meanwhile", async () => {
    const { ids, readAll, sandbox } = await openLarge();
    const { companies } = sandbox.workspace;
    sandbox.faults.add({ path: "/companies/scroll", kind: "status", status: 500 });
    const reading = readAll();
    while (sandbox.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const first = companies.rows.get(ids[0] ?? "");
    if (first) companies.delete(first);
    expect(await reading).toEqual(ids.slice(1));
  });

  test.each([
    ["no way on", { type: "list", data: [], scroll_param: null }],
    ["nothing", { type: "list", data: [], scroll_param: "x" }],
  ])("that ends with %s before it is whole is an error", async (_name, body) => {
    const { readAll, sandbox } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 200,
      body,
      times: Number.POSITIVE_INFINITY,
    });
    await expect(readAll()).rejects.toThrow(
      "Intercom ended the scroll over the companies after 0, before all were read.",
    );
  });

  test("that breaks each of four times is an error, and no shorter list", async () => {
    const { readAll, sandbox, scrolls } = await openLarge();
    sandbox.faults.add({
      path: "/companies/scroll",
      kind: "status",
      status: 500,
      times: Number.POSITIVE_INFINITY,
    });
    await expect(readAll()).rejects.toMatchObject({ name: "ServerError", status: 500 });
    expect(scrolls()).toHaveLength(4);
  });
});

describe("a Fetch All that stops half-way", () => {
  test("says at once what failed, while other pages hang", async () => {
    const bench = await openWorkbench();
    fillCompanies(bench.sandbox.workspace, 1000);
    bench.sandbox.faults.add({ kind: "tokenRevoked", skip: 1 });
    bench.sandbox.faults.add({ kind: "hang", times: Number.POSITIVE_INFINITY, skip: 1 });
    const startedAtMs = performance.now();
    expect(isConnectionError(await bench.refusal("listCompanies", { fetchAll: true }))).toBe(true);
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
  });

  test.each(["listContacts", "listCompanies"])(
    "%s fails, and gives no shorter list",
    async (key) => {
      runClockFast();
      const bench = await openWorkbench();
      fillCompanies(bench.sandbox.workspace, 4000);
      bench.sandbox.faults.add({
        kind: "status",
        status: 500,
        skip: 1,
        times: Number.POSITIVE_INFINITY,
      });
      expect(await bench.refusal(key, { fetchAll: "true" })).toMatchObject({ status: 500 });
    },
  );
});

describe("the token", () => {
  test("is in no log line and no error where the user put it into a URL", async () => {
    const bench = await openWorkbench();
    const { token } = bench.sandbox;
    const url = `/nope?token=${token}`;
    const error = await bench.refusal("rawRequest", { method: "GET", url, debugRequest: true });
    expect(`${error.message}\n${bench.log.join("\n")}`).not.toContain(token);
    expect(bench.log.join("\n")).toContain("[secret]");
  });

  const faults: Fault[] = [
    {
      kind: "status",
      status: 400,
      body: { type: "error.list", errors: [{ code: "x", message: "TOKEN" }] },
    },
    { kind: "status", status: 500, body: "TOKEN", times: 4 },
    { kind: "tokenRevoked" },
    { kind: "closed", times: 4 },
    { kind: "hang", times: 4 },
    { kind: "status", status: 302, headers: { location: "https://example.org/TOKEN" } },
  ];

  test.each(faults)("is in no log line and no error after $kind $status", async (fault) => {
    runClockFast();
    const bench = await openWorkbench();
    const { token } = bench.sandbox;
    bench.sandbox.faults.add(JSON.parse(JSON.stringify(fault).replaceAll("TOKEN", token)));
    const error = await bench.refusal("listTags");
    const emitted = [
      inspect(error, { depth: 20, showHidden: true }),
      JSON.stringify(error),
      ...bench.log,
    ];
    expect(token).toMatch(tokenOfSandbox);
    expect(emitted.join("\n")).not.toContain(token);
    expect(bench.log.length).toBeGreaterThan(0);
  });
});

/** What a saved sandbox holds, but for times and the count of requests, which a retry moves. */
function withoutTimes(saved: unknown): unknown {
  return JSON.parse(JSON.stringify(saved), (key, value) =>
    /At$|AtMs$|^request$/.test(key) ? undefined : value,
  );
}

const idKeys = (data: unknown): string[] =>
  typeof data === "object" && data !== null && "id" in data ? ["id"] : [];
