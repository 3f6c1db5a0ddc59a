import type { Team } from "../schemas/teams";

export const team: Team = { type: "team", id: "814865", name: "Example Team", admin_ids: [493881] };
