import type { Workspace } from "../../sandbox/index";
import type { Inputs } from "../stage/workbench";

/**
 * One use of an action, and what a person knows of the action. Tests, benchmarks and docs read it.
 * It is written by hand, and never derived from the component, which it judges.
 */
export interface Use {
  /** Makes the rows that the use needs in an empty workspace; gives inputs by which the action does something. */
  inputs(workspace: Workspace): Inputs;
  /** Everything else that can be filled in. */
  more?: Inputs;
  /** The permission of each request, in order, by its name in Intercom's Developer Hub. */
  permissions: string[];
  /** A permission that the action needs in some cases only, and the case. */
  mayNeed?: { permission: string; when: string };
  /** The client never retries it, because a second request would create a second record. */
  isSentOnce?: true;
  /** The result is a list, and no single record with an id. */
  givesList?: true;
  /** The fewest requests that give the result; one unless this says otherwise. */
  fewest?: number;
  /** The reason for `fewest`. */
  why?: string;
  /** Inputs that name a record and have no list to pick from. */
  withoutPicklist?: string[];
  variants?: Variant[];
}

/** Another use of the same action, which sends other requests. */
export interface Variant {
  /** What tells it from the use: "by your `company_id`". */
  how: string;
  /** Laid over the inputs of the use. */
  inputs: Inputs;
  /** The permission of each request from API version 2.12 on. */
  permissions?: string[];
  /** How much the workspace holds, instead of the rows of the use. */
  holding?: { contacts?: number; companies?: number };
  /** Counted by the benchmark where it is given. */
  fewest?: number;
  why?: string;
}

/** An admin of every workspace, who is not the token's own, and a team. */
export const anAdminId = "5017602";
export const aTeamId = "3401";

/** A use whose *Admin ID* is left empty. */
export const byTokensOwn = (permissions: string[]): Variant => ({
  how: "as the admin of the access token",
  inputs: { adminId: "" },
  permissions: ["Read admins", ...permissions],
  fewest: 1 + permissions.length,
  why: "no admin is given, so one request must tell whose token it is",
});

/** Longer than a page of any list. */
export const manyRows = 1237;
