import type { Use } from "./use";

export const admins: Record<string, Use> = {
  listAdmins: {
    inputs: () => ({}),
    permissions: ["Read admins"],
    givesList: true,
  },
  getCurrentAdmin: {
    inputs: () => ({}),
    permissions: ["Read admins"],
  },
};
