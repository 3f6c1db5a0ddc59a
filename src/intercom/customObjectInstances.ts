import type { CustomObjectInstance } from "../schemas/customObjectInstances";
import { NotFoundError } from "./wire/errors";
import type { Http } from "./wire/http";
import { path } from "./wire/path";

/** What can be written; times are Unix seconds. An undefined field keeps its value. */
export interface InstanceFields {
  external_id: string;
  external_created_at?: number;
  external_updated_at?: number;
  custom_attributes?: Record<string, unknown>;
}

/** 2.13 is the first version with custom objects. */
const common = {
  permission: "Read and write custom object instances",
  since: "2.13",
} as const;

export const customObjectInstances = (http: Http) => ({
  /** Updates the instance that has this external id, or creates one. */
  upsert: (type: string, fields: InstanceFields) =>
    http.send<CustomObjectInstance>({
      ...common,
      purpose: "write the custom object instance",
      method: "POST",
      path: path`/custom_object_instances/${type}`,
      body: fields,
      isRepeatable: true,
    }),

  get: (type: string, id: string) =>
    http.send<CustomObjectInstance>({
      ...common,
      purpose: "get the custom object instance",
      method: "GET",
      path: path`/custom_object_instances/${type}/${id}`,
    }),

  /** @throws NotFoundError where no instance has this external id. */
  getByExternalId: async (type: string, externalId: string) => {
    const purpose = "find the custom object instance by your external ID";
    // One by itself (OpenAPI 2.16, getCustomObjectInstancesByExternalId); a list is taken too.
    const answer = await http.send<CustomObjectInstance | { data: CustomObjectInstance[] }>({
      ...common,
      purpose,
      method: "GET",
      path: path`/custom_object_instances/${type}`,
      query: { external_id: externalId },
      listedAs: "data",
      mayBeOne: true,
    });
    const isList = "data" in answer && Array.isArray(answer.data);
    const found = isList
      ? (answer.data as CustomObjectInstance[])
      : [answer as CustomObjectInstance];
    const instance = found.find(({ external_id }) => external_id === externalId);
    if (instance) return instance;
    const why = found.length === 0 ? "no instance has it" : "it gave others than the one asked for";
    throw new NotFoundError(`Intercom refused to ${purpose}: ${why}.`);
  },
});
