import component from "../src/index";
import { uses } from "../test/uses/index";
import type { Use } from "../test/uses/use";
import { table } from "./markdown";

/**
 * A permission, and the case in which the action needs it; without a case, the action always needs
 * it.
 */
interface Need {
  permission: string;
  when?: string;
}

/** Each permission once: as always needed, or with the first case that needs it. */
export function needsOf({ permissions, variants = [], mayNeed }: Use): Need[] {
  const needs: Need[] = [
    ...permissions.map((permission) => ({ permission })),
    ...variants.flatMap(({ how, permissions = [] }) =>
      permissions.map((permission) => ({ permission, when: how })),
    ),
    ...(mayNeed ? [mayNeed] : []),
  ];
  const isFirst = ({ permission }: Need, index: number) =>
    needs.findIndex((need) => need.permission === permission) === index;
  return needs.filter(isFirst);
}

/** A row per permission, with the actions that need it. */
export function permissionTable(): string {
  const rows = new Map<string, string[]>();
  for (const [key, use] of Object.entries(uses)) {
    for (const { permission, when } of needsOf(use)) {
      const label = `*${component.actions[key]?.display.label}*`;
      const row = rows.get(permission) ?? [];
      rows.set(permission, [...row, when ? `${label} (${when})` : label]);
    }
  }
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b));
  return table(
    ["tick", "for"],
    sorted.map(([permission, actions]) => [permission, actions.sort().join(", ")]),
  );
}
