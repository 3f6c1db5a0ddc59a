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

/** The values of inputs, as `perform` gets them. */
export type ActionInputs<Fields extends Inputs> = ActionInputParameters<Fields>;

interface Definition<Fields extends Inputs, Result> {
  label: string;
  description: string;
  inputs: Fields;
  /** One call. What it gives is the action's `data`. */
  perform(intercom: Intercom, inputs: ActionInputs<Fields>): Promise<NoInfer<Result>>;
  /** What `perform` gives: the designer shows it before the first run. */
  output: Schema<Result>;
  /** An output, as the catalogue page shows it. */
  example?: NoInfer<Result>;
  /** Shown among the first. For the few that most people want. */
  isImportant?: true;
}

/** An action that changes something in Intercom. */
export const intercomAction = <Fields extends Inputs, Result>(
  definition: Definition<Fields, Result>,
) => declare(definition, PerformSafety.NOT_ALLOWED);

/** An action that only reads, and may be run at any time. */
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
