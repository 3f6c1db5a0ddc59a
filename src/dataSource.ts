import {
  type Connection,
  type DataSourceContext,
  dataSource,
  type Element,
  type Inputs,
} from "@prismatic-io/spectral";
import type { ActionInputs } from "./action";
import { withIntercom } from "./connections";
import { connection, optionalIdentifier } from "./fields";
import { readInputs, unread } from "./inputs";
import type { Intercom } from "./intercom/client";
import type { Redaction } from "./intercom/redact";
import { type Attribute, jsonForm } from "./jsonForm";

interface Definition<Fields extends Inputs, Item> {
  label: string;
  description: string;
  inputs: Fields;
  read(intercom: Intercom, inputs: ActionInputs<Fields>): Promise<Item[]>;
}

interface PicklistDefinition<Fields extends Inputs, Item> extends Definition<Fields, Item> {
  /** The value, and what a person sees: the first of the labels that is not blank. */
  show(item: Item): { value: string; labels: (string | null | undefined)[] };
}

/** As many entries as a person may look through. */
export const mostEntries = 150;

/** Narrows a list that is too long to be shown whole. */
export const searchText = optionalIdentifier("Search", {
  comments: "Shows only what has this in its name or the like. Empty shows the latest.",
});

/** A list of things to pick from, at most {@link mostEntries}. */
export const picklist = <Fields extends Inputs, Item>({
  label,
  description,
  inputs,
  read,
  show,
}: PicklistDefinition<Fields, Item>) =>
  dataSource({
    display: { label, description },
    inputs: unread({ connection, ...inputs }),
    dataSourceType: "picklist",
    perform: async (context, given: object) => {
      const { items, redaction } = await readFrom({ inputs, read }, context, given);
      const result = items.slice(0, mostEntries).map((item): Element => {
        const { value, labels } = show(item);
        return {
          key: value,
          label: redaction.value(labels.find((text) => text?.trim()) ?? value),
        };
      });
      return { result };
    },
  });

/** A form to fill in attributes, whose result an action takes as they are. */
export const form = <Fields extends Inputs>({
  label,
  description,
  inputs,
  read,
}: Definition<Fields, Attribute>) =>
  dataSource({
    display: { label, description },
    inputs: unread({ connection, ...inputs }),
    dataSourceType: "jsonForm",
    perform: async (context, given: object) => {
      const { items, redaction } = await readFrom({ inputs, read }, context, given);
      const withoutSecrets = ({ label, description, ...rest }: Attribute) => ({
        ...rest,
        ...redaction.value({ label, description }),
      });
      return { result: jsonForm(items.map(withoutSecrets)) };
    },
  });

async function readFrom<Fields extends Inputs, Item>(
  { inputs, read }: Pick<Definition<Fields, Item>, "inputs" | "read">,
  { logger }: DataSourceContext,
  given: object,
): Promise<{ items: Item[]; redaction: Redaction }> {
  type Given = { connection: Connection } & ActionInputs<Fields>;
  const { connection: used, ...values } = readInputs({ connection, ...inputs }, given) as Given;
  return withIntercom(used, logger, async (intercom, redaction) => ({
    items: await read(intercom, values as unknown as ActionInputs<Fields>),
    redaction,
  }));
}
