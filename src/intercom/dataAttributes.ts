import type { Http } from "./wire/http";
import { path } from "./wire/path";

/** An attribute that the workspace defined. Those that every workspace has are not custom. */
export interface DataAttribute {
  type: "data_attribute";
  id?: number;
  /** The key under `custom_attributes`. */
  name: string;
  /** What people see. */
  label: string;
  description: string;
  /** `string`, `integer`, `float`, `boolean`, `date`. A date is written as Unix seconds. */
  data_type: string;
  /** The only values there are, where it is a list. */
  options?: string[] | null;
  api_writable: boolean;
  custom: boolean;
  archived: boolean;
  model: "contact" | "company" | "conversation";
}

export const dataAttributes = (http: Http) => ({
  /** What `custom_attributes` takes, up to 250. Intercom does not page this list. Conversations up to 2.15. */
  listWritable: async (model: DataAttribute["model"]): Promise<DataAttribute[]> => {
    const { data } = await http.send<{ data: DataAttribute[] }>({
      permission: "Read and list users and companies",
      purpose: `list the attributes of a ${model}`,
      method: "GET",
      path: path`/data_attributes`,
      query: { model },
      listedAs: "data",
    });
    return data.filter(({ custom, archived, api_writable }) => custom && !archived && api_writable);
  },
});
