import { intercomQuery } from "../action";
import { team } from "../examples/teams";
import { listOf } from "../schemas/schema";
import * as schemas from "../schemas/teams";

export const listTeams = intercomQuery({
  label: "List Teams",
  description: "List the teams of the workspace",
  inputs: {},
  perform: (intercom) => intercom.teams.list(),
  output: listOf(schemas.team),
  example: [team],
});
