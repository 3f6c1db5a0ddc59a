import type { Connection, Inputs } from "@prismatic-io/spectral";
import type { ActionInputParameters } from "@prismatic-io/spectral/dist/types/ActionInputParameters";
import { InvalidInputError } from "../intercom/wire/errors";
import { redactionFor, withoutSecrets } from "../secrets";

interface Field {
  type: string;
  clean?: (value: unknown) => unknown;
}

const fieldsOf = (inputs: Inputs) => Object.entries(inputs) as [string, Field][];

/**
 * Inputs for the platform: without `clean`. Spectral would call `clean` before `perform`, where we
 * don't know the connection's secrets yet. A refusal could then quote the token.
 */
export const unread = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    fieldsOf(inputs).map(([key, { clean, ...shown }]) => [key, shown]),
  ) as unknown as Inputs;

/**
 * Reads the value of each input with the input's `clean`.
 *
 * @throws InvalidInputError without secrets of the connection, before we send anything.
 */
export function readInputs<Fields extends Inputs>(
  inputs: Fields,
  given: object,
): ActionInputParameters<Fields> {
  const values = given as Record<string, unknown>;
  const fields = fieldsOf(inputs);
  const passwords = fields.filter(([, { type }]) => type === "password");
  const read = ([key, { type, clean }]: [string, Field]) => {
    try {
      return [key, clean ? clean(values[key]) : values[key]];
    } catch (error) {
      // The error quotes no value before `withoutSecrets`, and must never quote a password.
      if (type === "password" && error instanceof InvalidInputError) throw error;
      const secrets = passwords.map(([key]) => values[key]);
      throw withoutSecrets(error, redactionFor(values.connection as Connection, ...secrets));
    }
  };
  return Object.fromEntries(fields.map(read)) as ActionInputParameters<Fields>;
}
