import type { CustomObjectInstance } from "../schemas/customObjectInstances";

export const customObjectInstance: CustomObjectInstance = {
  id: "22",
  type: "Order",
  custom_attributes: {
    order_number: "ORDER-12345",
    total_amount: 99.99,
  },
  external_id: "123",
  external_created_at: 1392036272,
  external_updated_at: 1392036272,
  created_at: 1734537745,
  updated_at: 1734537745,
};
