import type { Use } from "./use";

export const rawRequest: Record<string, Use> = {
  rawRequest: {
    inputs: () => ({ method: "GET", url: "/me" }),
    // It needs the permission of its path, which the action can't know.
    permissions: [],
  },
};
