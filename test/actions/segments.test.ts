import { expect, test } from "vitest";
import { openWorkbench } from "../stage/workbench";

interface Segment {
  id: string;
  name: string;
  count?: number;
}

test("the segments of the workspace are listed, and their sizes only where they are asked for", async () => {
  const { run, sandbox, sent } = await openWorkbench({ seed: "workspace" });
  const { segments } = sandbox.workspace;
  const bare = await run<Segment[]>("listSegments", { includeCount: "false" });
  expect(bare.map(({ id, name, count }) => [id, name, count])).toEqual(
    segments.rows.map(({ id, name }) => [id, name, undefined]),
  );
  const counted = await run<Segment[]>("listSegments", { includeCount: "true" });
  expect(counted.map(({ count }) => count)).toEqual(segments.rows.map((row) => segments.size(row)));
  expect(sent()).toEqual(["GET /segments", "GET /segments?include_count=true"]);
});
