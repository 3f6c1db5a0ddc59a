import { expect, test } from "vitest";
import { intercomApp } from "../../sandbox/app";
import { coverage } from "../../sandbox/coverage";
import { Faults } from "../../sandbox/faults";
import { RateLimit } from "../../sandbox/rateLimit";
import { Log } from "../../sandbox/requestLog";
import { defaultSettings } from "../../sandbox/settings";
import { Workspace } from "../../sandbox/workspace";

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
