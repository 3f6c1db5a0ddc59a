import {
  type Connection,
  type DataSourceContext,
  dataSource,
  type Element,
  type Inputs,
} from "@prismatic-io/spectral";
import type { ActionInputs } from "./action";
import { withIntercom } from "./connections";
import { connection } from "./fields/inputs";
import { optionalIdentifier } from "./fields/kinds";
import { readInputs, unread } from "./fields/reading";
import type { Intercom } from "./intercom/client";
import { textOf } from "./intercom/wire/json";
import { type Attribute, jsonForm } from "./jsonForm";

interface Definition<Fields extends Inputs, Item> {
  label: string;
  description: string;
  inputs: Fields;
  read(intercom: Intercom, inputs: ActionInputs<Fields>): Promise<Item[]>;
}

interface PicklistDefinition<Fields extends Inputs, Item> extends Definition<Fields, Item> {
  /** The value and its labels. People see the first label that is text, or else the value. */
  show(item: Item): { value: unknown; labels: unknown[] };
}

/** A person may look through this many entries. */
export const mostEntries = 150;

/** Narrows a list that is too long to show. */
export const searchText = optionalIdentifier("Search", {
  comments:
    "Shows only entries with this text in their name or a similar field. Empty shows the latest.",
});

/** A list to pick from, with at most {@link mostEntries} entries. */
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
      const readElements = async (intercom: Intercom, values: ActionInputs<Fields>) => {
        const { log, redaction } = intercom.http;
        const items = await read(intercom, values);
        const elements = items.flatMap((item): Element[] => {
          const { value, labels } = show(item);
          const key = textOf(value);
          const shown = labels.map(textOf).find(Boolean) ?? key ?? "";
          return key === undefined ? [] : [{ key, label: redaction.text(shown) }];
        });
        const missing = items.length - elements.length;
        if (missing > 0) log.warn(`${label} left out entries without an ID: ${missing}.`);
        return elements.slice(0, mostEntries);
      };
      return { result: await readFrom({ inputs, read: readElements }, context, given) };
    },
  });

/** A form for attributes. An action takes the form's result unchanged. */
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
      const readAttributes = async (intercom: Intercom, values: ActionInputs<Fields>) => {
        const attributes = await read(intercom, values);
        const { text } = intercom.http.redaction;
        return attributes.map(({ label, description, options, ...rest }) => ({
          ...rest,
          label: text(label),
          description: text(description),
          options: options?.map(({ value, label }) => ({ value, label: text(label) })),
        }));
      };
      const attributes = await readFrom({ inputs, read: readAttributes }, context, given);
      return { result: jsonForm(attributes) };
    },
  });

async function readFrom<Fields extends Inputs, Item>(
  { inputs, read }: Pick<Definition<Fields, Item>, "inputs" | "read">,
  { logger }: DataSourceContext,
  given: object,
): Promise<Item[]> {
  type Given = { connection: Connection } & ActionInputs<Fields>;
  const { connection: used, ...values } = readInputs({ connection, ...inputs }, given) as Given;
  return withIntercom(used, logger, (intercom) =>
    read(intercom, values as unknown as ActionInputs<Fields>),
  );
}
