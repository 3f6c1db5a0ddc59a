import { expect, test } from "vitest";
import { coverage } from "../../sandbox/coverage";
import { openSandbox } from "../judges/answers";
import { apiVersions, describeApi, describeWithOpenApi } from "../judges/openapi";

describeWithOpenApi("the judge, before it judges", () => {
  test.each(apiVersions)(
    "passes every answer that Intercom's description of %s records",
    (version) => {
      const api = describeApi(version);
      const covered = new Set(coverage.map(({ route }) => route.replace(/:\w+/g, "{}")));
      const recorded = api.recordedAnswers().filter(({ operation }) => covered.has(operation));
      expect(recorded.length).toBeGreaterThan(80);
      const problems = recorded.flatMap(({ operation, status, body }) => {
        const [method = "", path = ""] = operation.split(" ");
        const request = { method, path: path.replaceAll("{}", "x") };
        return api
          .problemsOfAnswer(request, { status, body })
          .map((problem) => `${operation} ${status}: ${problem}`);
      });
      expect(problems).toEqual([]);
    },
  );

  test.each(apiVersions)("finds what is wrong with an answer in %s", async (version) => {
    const { call, sandbox } = await openSandbox({ seed: "workspace" });
    const [id] = sandbox.workspace.contacts.rows.keys();
    const request = { method: "GET", path: `/contacts/${id}` };
    const { body } = await call("GET", request.path, undefined, version);
    const problems = (changes: object, status = 200) =>
      describeApi(version).problemsOfAnswer(request, { status, body: { ...body, ...changes } });
    expect(problems({})).toEqual([]);
    expect(problems({ created_at: "1" })).toEqual(["/created_at must be integer"]);
    expect(problems({ role: undefined })).toEqual(["/ must have required property 'role'"]);
    expect(problems({ shoe: 1 })).toEqual(["/ must NOT have additional properties: shoe"]);
    expect(problems({ tags: { ...body.tags, data: [{ id: 1, type: "tag", url: "/" }] } })).toEqual([
      "/tags/data/0/id must be string",
    ]);
    expect(problems({ owner_id: version === "2.16" ? 7 : "7" })).toHaveLength(1);
    expect(problems({}, 201)).toEqual(["status 201 is not described"]);
    expect(problems({}, 404).length).toBeGreaterThan(0);
  });

  const problemsOf = (method: string, path: string, body?: unknown, version = "2.16") =>
    describeApi(version).problemsOfRequest({ method, path, body });

  test.each([
    ["GET", "/contacts?per_page=5&starting_after=abc", undefined],
    ["POST", "/contacts", { email: "a@b.c", custom_attributes: { any: "", list: [] } }],
    ["POST", "/companies/list?order=desc&page=2", undefined],
    ["POST", "/companies", { company_id: "1", custom_attributes: { a: 1, b: false, c: "x" } }],
    ["POST", "/contacts/search", { query: { field: "name", operator: "=", value: "Ada" } }],
    ["POST", "/tags", { name: "a", companies: [{ company_id: "1", untag: true }] }],
    ["POST", "/tickets", { ticket_type_id: "1", contacts: [{ email: "a@b.c" }] }],
    ["DELETE", "/tags/1", undefined],
  ])("lets %s %s through in every version", (method, path, body) => {
    for (const version of apiVersions) expect(problemsOf(method, path, body, version)).toEqual([]);
  });

  test.each([
    ["GET", "/nowhere", undefined, "GET /nowhere is not in version 2.16"],
    ["PATCH", "/contacts/1", {}, "PATCH /contacts/1 is not in version 2.16"],
    ["GET", "/contacts?order=asc", undefined, 'query parameter "order" is unknown'],
    ["GET", "/companies?page=two", undefined, 'query parameter "page" is no integer: "two"'],
    ["GET", "/companies?name=", undefined, 'query parameter "name" is empty'],
    [
      "POST",
      "/contacts",
      { email: "a@b.c", shoe: 1 },
      "/ must NOT have additional properties: shoe",
    ],
    ["POST", "/contacts", { email: "" }, "/email is an empty string"],
    ["POST", "/contacts", { email: "a@b.c", owner_id: 7 }, "/owner_id must be string,null"],
    ["POST", "/contacts", { email: "a@b.c", custom_attributes: {} }, "/custom_attributes is empty"],
    [
      "POST",
      "/contacts/search",
      { query: { field: "name", operator: "=", value: "" } },
      "/query/value is an empty string",
    ],
    ["POST", "/companies", { size: "85" }, "/size must be integer"],
    ["POST", "/tickets", { ticket_type_id: "1", contacts: [] }, "/contacts is empty"],
    [
      "POST",
      "/tickets",
      { contacts: [{ id: "1" }] },
      "/ must have required property 'ticket_type_id'",
    ],
    ["POST", "/contacts/1/tags", undefined, "there is no body"],
    ["DELETE", "/contacts/1", { id: "1" }, "there is a body, where none is described"],
  ])("finds what is wrong with %s %s %j", (method, path, body, problem) => {
    expect(problemsOf(method, path, body)).toContain(problem);
  });

  test("finds a parameter that the version does not have yet", () => {
    const request = ["POST", "/tickets"] as const;
    const body = { ticket_type_id: "1", contacts: [{ id: "1" }], skip_notifications: true };
    expect(problemsOf(...request, body, "2.12").length).toBeGreaterThan(0);
    expect(problemsOf(...request, body, "2.13")).toEqual([]);
  });
});
