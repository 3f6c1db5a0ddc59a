import { type Connection, dataSource, type Element, type Inputs } from "@prismatic-io/spectral";
import type { ActionInputs } from "./action";
import { withIntercom } from "./connections";
import { connection, optionalText } from "./fields";
import type { Intercom } from "./intercom/client";

interface Definition<Fields extends Inputs, Item> {
  label: string;
  description: string;
  inputs: Fields;
  read(intercom: Intercom, inputs: ActionInputs<Fields>): Promise<Item[]>;
  /** The value, and what a person sees: the first of the labels that is not blank. */
  show(item: Item): { value: string; labels: (string | null | undefined)[] };
}

/** As many entries as a person may look through. */
export const mostEntries = 150;

/** Narrows a list that is too long to be shown whole. */
export const searchText = optionalText("Search", {
  comments: "Shows only what has this in its name or the like. Empty shows the newest.",
});

/** A list of things to pick from, at most {@link mostEntries}. */
export const picklist = <Fields extends Inputs, Item>({
  label,
  description,
  inputs,
  read,
  show,
}: Definition<Fields, Item>) =>
  dataSource({
    display: { label, description },
    inputs: { connection, ...inputs },
    dataSourceType: "picklist",
    perform: async ({ logger }, given: unknown) => {
      const { connection, ...values } = given as { connection: Connection } & ActionInputs<Fields>;
      const items = await withIntercom(connection, logger, (intercom) =>
        read(intercom, values as unknown as ActionInputs<Fields>),
      );
      const result = items.slice(0, mostEntries).map((item): Element => {
        const { value, labels } = show(item);
        return { key: value, label: labels.find((text) => text?.trim()) ?? value };
      });
      return { result };
    },
  });
