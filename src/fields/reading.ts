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
 * Inputs as the platform gets them: without `clean`. Spectral would call it before `perform`, where
 * nothing knows the connection, so that a refusal could quote the connection's token.
 */
export const unread = (inputs: Inputs): Inputs =>
  Object.fromEntries(
    fieldsOf(inputs).map(([key, { clean, ...shown }]) => [key, shown]),
  ) as unknown as Inputs;

/**
 * The values of inputs, each read by its `clean`.
 *
 * @throws InvalidInputError that says no secret of the connection, before anything is sent.
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
      // Its sentence quotes nothing yet, and a password is never quoted.
      if (type === "password" && error instanceof InvalidInputError) throw error;
      const secrets = passwords.map(([key]) => values[key]);
      throw withoutSecrets(error, redactionFor(values.connection as Connection, ...secrets));
    }
  };
  return Object.fromEntries(fields.map(read)) as ActionInputParameters<Fields>;
}
