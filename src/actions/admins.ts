import { intercomQuery } from "../action";
import { admin, currentAdmin } from "../examples/admins";
import * as schemas from "../schemas/admins";
import { listOf } from "../schemas/schema";

export const listAdmins = intercomQuery({
  label: "List Admins",
  description: "List the admins of the workspace",
  inputs: {},
  perform: (intercom) => intercom.admins.list(),
  output: listOf(schemas.admin),
  example: [admin],
});

export const getCurrentAdmin = intercomQuery({
  label: "Get Current Admin",
  description: "Retrieve the admin whose access token it is, with the workspace",
  inputs: {},
  perform: (intercom) => intercom.admins.current(),
  output: schemas.currentAdmin,
  example: currentAdmin,
});
