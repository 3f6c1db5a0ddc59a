import type { Workspace } from "../../sandbox/index";
import type { Inputs } from "../stage/workbench";

/**
 * One use of an action, with its facts. Tests, benchmarks and docs read the use.
 * A person writes the use by hand, because a use judges the component.
 */
export interface Use {
  /**
   * Creates the records that the use needs in an empty workspace, and returns the action's inputs.
   */
  inputs(workspace: Workspace): Inputs;
  /** All other inputs. */
  more?: Inputs;
  /** The permission of each request, in order, by its name in Intercom's Developer Hub. */
  permissions: string[];
  /** A permission that the action needs in some cases only, and the case. */
  mayNeed?: { permission: string; when: string };
  /** The client never retries the request, because a second request would create a duplicate. */
  isSentOnce?: true;
  /** The result is a list, not a single record with an id. */
  givesList?: true;
  /** The fewest requests that give the result; by default one. */
  fewest?: number;
  /** The reason for `fewest`. */
  why?: string;
  /** Inputs that name a record and have no list to pick from. */
  withoutPicklist?: string[];
  variants?: Variant[];
}

/** Another use of the same action, which sends other requests. */
export interface Variant {
  /** How this use differs from the first: "by your `company_id`". */
  how: string;
  /** Inputs that replace those of the first use. */
  inputs: Inputs;
  /** The permission of each request from API version 2.12 on. */
  permissions?: string[];
  /** The size of the workspace, instead of the records of the first use. */
  holding?: { contacts?: number; companies?: number };
  /** The fewest requests, if the benchmark counts this use. */
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
