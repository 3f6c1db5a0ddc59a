import type { Http } from "./wire/http";
import { path } from "./wire/path";

/** An attribute of a contact or a company. It is custom if the workspace defined it. */
export interface DataAttribute {
  type: "data_attribute";
  id?: number;
  /** The key under `custom_attributes`. */
  name: string;
  /** The name that people see. */
  label: string;
  description: string;
  /** `string`, `integer`, `float`, `boolean`, `date`. Intercom takes a date as Unix seconds. */
  data_type: string;
  /** The only valid values, where the attribute is a list. */
  options?: string[] | null;
  api_writable: boolean;
  custom: boolean;
  archived: boolean;
  model: "contact" | "company" | "conversation";
}

export const dataAttributes = (http: Http) => ({
  /**
   * The attributes that `custom_attributes` takes, at most 250. Intercom does not page this list.
   * Those of conversations are in it up to 2.15.
   */
  listWritable: async (model: DataAttribute["model"]): Promise<DataAttribute[]> => {
    const { data } = await http.send<{ data: DataAttribute[] }>({
      permission: "Read and list users and companies",
      isPermissionGuessed: true,
      purpose: `list the attributes of a ${model}`,
      method: "GET",
      path: path`/data_attributes`,
      query: { model },
      listedAs: "data",
    });
    return data.filter(({ custom, archived, api_writable }) => custom && !archived && api_writable);
  },
});
