import type { Use } from "./use";

export const teams: Record<string, Use> = {
  listTeams: {
    inputs: () => ({}),
    permissions: ["Read admins"],
    givesList: true,
  },
};
