import { intercomAction, intercomQuery } from "../action";
import { customObjectInstance } from "../examples/customObjectInstances";
import { attributesByName } from "../fields/inputs";
import { flat, identifier, optionalIdentifier, optionalTimestamp } from "../fields/kinds";
import { InvalidInputError } from "../intercom/wire/errors";
import * as schemas from "../schemas/customObjectInstances";

const objectTypeId = identifier("Object Type", {
  comments:
    "Identifier of the custom object type, as in Order. No list of types can be had from the API.",
  example: "Order",
});

export const getCustomObjectInstance = intercomQuery({
  label: "Get Custom Object Instance",
  description: "Retrieve a custom object instance by its ID or your external ID",
  inputs: {
    objectTypeId,
    instanceId: optionalIdentifier("Instance ID", {
      comments: "Intercom's ID of the instance. This or the external ID is needed.",
    }),
    externalId: optionalIdentifier("External ID", {
      comments: "Your own ID of the instance. This or the instance ID is needed.",
    }),
  },
  perform: async ({ customObjectInstances }, { objectTypeId, instanceId, externalId }) => {
    if (instanceId !== undefined && externalId !== undefined) {
      throw new InvalidInputError(
        '"Instance ID" and "External ID" can\'t be used together, because they may name two instances: empty one of them.',
      );
    }
    if (instanceId !== undefined) return customObjectInstances.get(objectTypeId, instanceId);
    if (externalId !== undefined) {
      return customObjectInstances.getByExternalId(objectTypeId, externalId);
    }
    throw new InvalidInputError(
      '"Instance ID" and "External ID" are both empty: fill in one of them.',
    );
  },
  output: schemas.customObjectInstance,
  example: customObjectInstance,
});

export const upsertCustomObjectInstance = intercomAction({
  label: "Upsert Custom Object Instance",
  description: "Update the custom object instance that has this external ID, or create one",
  inputs: {
    objectTypeId,
    externalId: identifier("External ID", { comments: "Your own ID of the instance." }),
    customAttributes: flat(
      {
        ...attributesByName,
        example: '{"order_number": "A-17", "total_amount": 99.99}',
      },
      { takesLists: true },
    ),
    externalCreatedAt: optionalTimestamp("External Created At", {
      comments: "When it came about in your system.",
    }),
    externalUpdatedAt: optionalTimestamp("External Updated At", {
      comments: "When it changed in your system.",
    }),
  },
  perform: ({ customObjectInstances }, { objectTypeId, ...given }) =>
    customObjectInstances.upsert(objectTypeId, {
      external_id: given.externalId,
      custom_attributes: given.customAttributes,
      external_created_at: given.externalCreatedAt,
      external_updated_at: given.externalUpdatedAt,
    }),
  output: schemas.customObjectInstance,
  example: customObjectInstance,
});
