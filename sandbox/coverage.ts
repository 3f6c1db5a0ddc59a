import { adminCoverage } from "./routes/admins";
import { articleCoverage } from "./routes/articles";
import { audienceCoverage } from "./routes/audiences";
import { brandCoverage } from "./routes/brands";
import { collectionCoverage } from "./routes/collections";
import { companyCoverage } from "./routes/companies";
import { contactCoverage } from "./routes/contacts";
import { conversationContactCoverage } from "./routes/conversationContacts";
import { conversationPartCoverage } from "./routes/conversationParts";
import { conversationReplyCoverage } from "./routes/conversationReplies";
import { conversationCoverage } from "./routes/conversations";
import { conversationTicketCoverage } from "./routes/conversationTickets";
import { customObjectInstanceCoverage } from "./routes/customObjectInstances";
import { dataAttributeCoverage } from "./routes/dataAttributes";
import { eventCoverage } from "./routes/events";
import { helpCenterCoverage } from "./routes/helpCenters";
import { messageCoverage } from "./routes/messages";
import { noteCoverage } from "./routes/notes";
import { oauthCoverage } from "./routes/oauth";
import { segmentCoverage } from "./routes/segments";
import { subscriptionTypeCoverage } from "./routes/subscriptionTypes";
import { tagCoverage } from "./routes/tags";
import { teamCoverage } from "./routes/teams";
import { ticketReplyCoverage } from "./routes/ticketReplies";
import { ticketCoverage } from "./routes/tickets";
import { ticketTypeCoverage } from "./routes/ticketTypes";

export interface Coverage {
  /** As registered: method and path. */
  route: string;
  covers: "full" | "partial";
  /** What Intercom does and the sandbox does not. */
  missing?: string;
}

/** Of each route, what is missing, or "full"; a file in `routes/` begins with its own. */
const parts: Record<string, string>[] = [
  contactCoverage,
  companyCoverage,
  tagCoverage,
  subscriptionTypeCoverage,
  ticketTypeCoverage,
  ticketCoverage,
  ticketReplyCoverage,
  conversationCoverage,
  conversationPartCoverage,
  conversationTicketCoverage,
  conversationReplyCoverage,
  conversationContactCoverage,
  messageCoverage,
  noteCoverage,
  eventCoverage,
  articleCoverage,
  audienceCoverage,
  collectionCoverage,
  helpCenterCoverage,
  customObjectInstanceCoverage,
  segmentCoverage,
  adminCoverage,
  teamCoverage,
  brandCoverage,
  dataAttributeCoverage,
  oauthCoverage,
];

/** Every route of Intercom's that the sandbox answers, and how much of it. */
export const coverage: Coverage[] = parts
  .flatMap(Object.entries)
  .map(([route, missing]) =>
    missing === "full" ? { route, covers: "full" } : { route, covers: "partial", missing },
  );
