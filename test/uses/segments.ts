import type { Use } from "./use";

export const segments: Record<string, Use> = {
  listSegments: {
    inputs: () => ({}),
    more: { includeCount: "true" },
    permissions: ["Read and list users and companies"],
    givesList: true,
  },
};
