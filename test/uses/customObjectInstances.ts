import type { Use } from "./use";

const permissions = ["Read and write custom object instances"];
const order = { externalId: "o-1", customAttributes: { order_number: "A-17", items: 2 } };

export const customObjectInstances: Record<string, Use> = {
  getCustomObjectInstance: {
    inputs: ({ customObjectInstances }) => ({
      objectTypeId: "Order",
      instanceId: customObjectInstances.upsert("Order", order).id,
    }),
    permissions,
    // Intercom lists neither the types nor, up to 2.15, the instances.
    withoutPicklist: ["objectTypeId", "instanceId", "externalId"],
    variants: [
      {
        how: "by your external ID",
        inputs: { instanceId: "", externalId: order.externalId },
        permissions,
      },
    ],
  },
  upsertCustomObjectInstance: {
    inputs: () => ({ objectTypeId: "Order", externalId: "o-1" }),
    more: {
      customAttributes: '{"order_number": "A-17", "total_amount": 99.99, "is_gift": true}',
      externalCreatedAt: "2024-01-01",
      externalUpdatedAt: "1762075800",
    },
    permissions,
    withoutPicklist: ["objectTypeId", "externalId"],
  },
};
