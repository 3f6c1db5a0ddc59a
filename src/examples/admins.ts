import type { Admin, CurrentAdmin } from "../schemas/admins";

export const admin: Admin = {
  type: "admin",
  id: "991267466",
  name: "Ciaran7 Lee",
  email: "admin7@email.com",
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: true,
  team_ids: [],
};

export const currentAdmin: CurrentAdmin = {
  type: "admin",
  id: "991267459",
  name: "Ciaran1 Lee",
  email: "admin1@email.com",
  email_verified: true,
  has_inbox_seat: true,
  app: {
    type: "app",
    id_code: "ecahpwf5",
    name: "MyApp 1",
    region: "US",
    timezone: "America/Los_Angeles",
    created_at: 1734537243,
    identity_verification: false,
  },
};
