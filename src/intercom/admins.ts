import type { Admin, CurrentAdmin } from "../schemas/admins";
import { InvalidInputError } from "./wire/errors";
import type { Http } from "./wire/http";
import { textOf } from "./wire/json";
import { path } from "./wire/path";

export const admins = (http: Http) => {
  const me = {
    permission: "Read admins",
    purpose: "get the admin of the access token",
    method: "GET",
    path: path`/me`,
  } as const;
  const current = () => http.send<CurrentAdmin>(me);
  let own: Promise<string> | undefined;

  /** @throws InvalidInputError where the token has no admin. */
  async function readOwnId(label: string): Promise<string> {
    // Nullable in every description (OpenAPI 2.16, admin_with_app).
    const admin = await http.send<CurrentAdmin | null>({ ...me, mayBeNull: true });
    const id = textOf(admin?.id);
    if (id !== undefined) return id;
    throw new InvalidInputError(
      `"${label}" is empty, and the access token belongs to no admin: fill it in.`,
    );
  }

  const idOf = (given: string | undefined, label = "Admin ID"): Promise<string> => {
    if (given !== undefined) return Promise.resolve(given);
    own ??= readOwnId(label);
    return own;
  };

  return {
    /** Every admin: Intercom does not page this list. */
    list: async () => {
      const { admins } = await http.send<{ admins: Admin[] }>({
        permission: "Read admins",
        purpose: "list the admins",
        method: "GET",
        path: path`/admins`,
        listedAs: "admins",
      });
      return admins;
    },

    /** The admin of the access token, with the workspace. */
    current,

    /** The given ID, or else that of the access token's admin, whom we ask for once per run. */
    idOf,

    /** The same for fields that Intercom takes as a number. */
    numberOf: async (given: number | undefined, label?: string): Promise<number> =>
      given ?? Number(await idOf(undefined, label)),
  };
};
