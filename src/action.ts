import {
  type ActionContext,
  action,
  type Connection,
  type Inputs,
  PerformSafety,
} from "@prismatic-io/spectral";
import type { ActionInputParameters } from "@prismatic-io/spectral/dist/types/ActionInputParameters";
import { withIntercom } from "./connections";
import { connection } from "./fields/inputs";
import { readInputs, unread } from "./fields/reading";
import type { Intercom } from "./intercom/client";
import type { Schema } from "./schemas/schema";

/** The values of inputs in `perform`. */
export type ActionInputs<Fields extends Inputs> = ActionInputParameters<Fields>;

interface Definition<Fields extends Inputs, Result> {
  label: string;
  description: string;
  inputs: Fields;
  /** Runs the action once. Its result becomes the action's `data`. */
  perform(intercom: Intercom, inputs: ActionInputs<Fields>): Promise<NoInfer<Result>>;
  /** The schema of `perform`'s result. The designer shows the schema before the first run. */
  output: Schema<Result>;
  /** The example output on the catalogue page. */
  example?: NoInfer<Result>;
  /** Puts the action among the first in the designer. For the few actions that most people want. */
  isImportant?: true;
}

/** An action that changes something in Intercom. */
export const intercomAction = <Fields extends Inputs, Result>(
  definition: Definition<Fields, Result>,
) => declare(definition, PerformSafety.NOT_ALLOWED);

/** An action that only reads, so the designer may run it at any time. */
export const intercomQuery = <Fields extends Inputs, Result>(
  definition: Definition<Fields, Result>,
) => declare(definition, PerformSafety.SAFE);

function declare<Fields extends Inputs, Result>(
  { label, description, inputs, perform, output, example, isImportant }: Definition<Fields, Result>,
  performSafety: PerformSafety,
) {
  type Given = { connection: Connection } & ActionInputs<Fields>;
  const fields = { connection, ...inputs };
  return action({
    display: { label, description, ...(isImportant && { important: true }) },
    inputs: unread(fields),
    performSafety,
    perform: async ({ logger }: ActionContext, given: object) => {
      const { connection, ...values } = readInputs(fields, given) as Given;
      const data = await withIntercom(connection, logger, (intercom) =>
        perform(intercom, values as unknown as ActionInputs<Fields>),
      );
      return { data };
    },
    outputSchema: { type: "actionOutput", schema: output.json },
    examplePayload: example === undefined ? undefined : { data: example as Awaited<Result> },
  });
}
