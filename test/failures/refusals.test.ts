import { isConnectionError } from "@prismatic-io/spectral";
import { describe, expect, test } from "vitest";
import { openUse } from "../stage/openUse";
import { openWorkbench } from "../stage/workbench";

describe("any other refusal is reported at once", () => {
  test.each([400, 404, 405, 409, 422])("%i is not retried", async (status) => {
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

  test.each([404, 410])("%i means that the thing does not exist", async (status) => {
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

  test("the error takes the request's ID from the header where the body has none", async () => {
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
  ])("after %i %s the error gives no advice", async (status, code) => {
    const bench = await openWorkbench();
    bench.sandbox.faults.add({ kind: "status", status, code, message: "No" });
    const { message } = await bench.refusal("createTag", { name: "VIP" });
    expect(message).toMatch(/: No \(\d+ \w+, request \w{20}\)\.$/);
  });

  test("a revoked token is a connection error", async () => {
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

  test("a redirect is not followed, because the other host would get the token", async () => {
    const elsewhere = await openWorkbench();
    const bench = await openWorkbench();
    bench.sandbox.faults.add({
      kind: "status",
      status: 302,
      headers: { location: `${elsewhere.sandbox.url}/tags` },
    });
    expect((await bench.refusal("listTags")).message).toContain("we do not follow it");
    expect(elsewhere.sandbox.requests).toEqual([]);
  });
});
