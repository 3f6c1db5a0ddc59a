import type { SeedName } from "../../sandbox/seed/seeds";
import { useOf } from "../uses/index";
import { openWorkbench } from "./workbench";

/** A workspace with the rows that the use of an action needs, and the inputs of the use. */
export async function openUse(
  key: string,
  fields: Record<string, unknown> = {},
  built?: unknown,
  seed: SeedName = "empty",
) {
  const bench = await openWorkbench({ seed }, fields, built);
  return { ...bench, inputs: useOf(key).inputs(bench.sandbox.workspace) };
}
