import { intercomQuery } from "../action";
import { segment } from "../examples/segments";
import { flag } from "../fields/kinds";
import { listOf } from "../schemas/schema";
import * as schemas from "../schemas/segments";

export const listSegments = intercomQuery({
  label: "List Segments",
  description: "List the segments of the workspace",
  inputs: {
    includeCount: flag("Include Count", { comments: "Adds how many contacts each has." }),
  },
  perform: (intercom, { includeCount }) => intercom.segments.list({ withCount: includeCount }),
  output: listOf(schemas.segment),
  example: [segment],
});
