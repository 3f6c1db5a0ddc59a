import type { Http } from "./http";
import { path } from "./path";

export interface Admin {
  type: "admin";
  /** Decimal digits. */
  id: string;
  name: string;
  email: string;
}

export interface Team {
  type: "team";
  /** Decimal digits. */
  id: string;
  name: string;
}

export interface Segment {
  type: "segment";
  /** 24 hex digits. */
  id: string;
  name: string;
  /** Whether it holds contacts, users or leads. */
  person_type?: string;
}

/** Who works in the workspace, and how its people are sorted. Intercom pages none of these lists. */
export const people = (http: Http) => ({
  listAdmins: async () => {
    const { admins } = await http.send<{ admins: Admin[] }>({
      permission: "Read admins",
      purpose: "list the admins",
      method: "GET",
      path: path`/admins`,
    });
    return admins;
  },

  listTeams: async () => {
    const { teams } = await http.send<{ teams: Team[] }>({
      permission: "Read admins",
      purpose: "list the teams",
      method: "GET",
      path: path`/teams`,
    });
    return teams;
  },

  listSegments: async () => {
    const { segments } = await http.send<{ segments: Segment[] }>({
      permission: "Read and list users and companies",
      purpose: "list the segments",
      method: "GET",
      path: path`/segments`,
    });
    return segments;
  },
});
