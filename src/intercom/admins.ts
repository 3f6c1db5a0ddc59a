import type { Admin, CurrentAdmin } from "../schemas/admins";
import { InvalidInputError } from "./wire/errors";
import type { Http } from "./wire/http";
import { textOf } from "./wire/json";
import { path } from "./wire/path";

export const admins = (http: Http) => {
  const current = () =>
    http.send<CurrentAdmin>({
      permission: "Read admins",
      purpose: "get the admin of the access token",
      method: "GET",
      path: path`/me`,
    });
  let own: Promise<string> | undefined;

  /** @throws InvalidInputError where the token has no admin. */
  async function readOwnId(): Promise<string> {
    const id = textOf((await current()).id);
    if (id !== undefined) return id;
    throw new InvalidInputError(
      '"Admin ID" is empty, and the access token belongs to no admin: fill it in.',
    );
  }

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

    /** The admin whose token the connection has, with the workspace. */
    current,

    /**
     * The ID of an action's admin: the given one, or else the token's admin, which we read once a
     * run.
     */
    idOf: (given: string | undefined): Promise<string> => {
      if (given !== undefined) return Promise.resolve(given);
      own ??= readOwnId();
      return own;
    },
  };
};
