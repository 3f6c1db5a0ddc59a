import { expect, test } from "vitest";
import { intercomApp } from "../../sandbox/app";
import { coverage } from "../../sandbox/coverage";
import { Faults } from "../../sandbox/faults/faults";
import { RateLimit } from "../../sandbox/http/rateLimit";
import { Log } from "../../sandbox/http/requestLog";
import { defaultSettings } from "../../sandbox/settings";
import { Workspace } from "../../sandbox/store/workspace";
import { openSandbox, refusal } from "../judges/answers";
import { apiVersions, describeApi, describeWithOpenApi } from "../judges/openapi";

test("the list of what is covered names the routes that are registered, each once", () => {
  const app = intercomApp({
    workspace: new Workspace(() => 0, defaultSettings),
    credentials: { token: "", clientId: "", clientSecret: "" },
    faults: new Faults(),
    rateLimit: new RateLimit(),
    requests: new Log(),
  });
  const registered = app.routes
    .filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  expect(coverage.map(({ route }) => route).sort()).toEqual(registered.sort());
});

test("what is covered in part says what is missing, and nothing else does", () => {
  for (const { covers, missing } of coverage)
    expect(missing !== undefined).toBe(covers === "partial");
});

describeWithOpenApi("what Intercom has and the sandbox has not", () => {
  test("is answered with a sentence that says so", async () => {
    const { call } = await openSandbox({ seed: "workspace" });
    const covered = new Set(coverage.map(({ route }) => route.replace(/:\w+/g, "{}")));
    /** Each operation once, with the newest version that has it. */
    const missing = new Map(
      apiVersions.flatMap((version) =>
        describeApi(version)
          .operations()
          .filter((operation) => !covered.has(operation))
          .map((operation) => [operation, version]),
      ),
    );
    expect(missing.size).toBeGreaterThan(140);
    for (const [operation, version] of missing) {
      const [method = "", template = ""] = operation.split(" ");
      const path = template.replaceAll("{}", "1");
      const body = method === "GET" ? undefined : {};
      expect(refusal(await call(method, path, body, version)), operation).toMatchObject({
        status: 404,
        message: `This sandbox has no ${method} ${path}: docs/sandbox.md has what it covers`,
      });
    }
  });
});
