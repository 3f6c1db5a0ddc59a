import { component } from "@prismatic-io/spectral";
import * as admins from "./actions/admins";
import * as articles from "./actions/articles";
import * as companies from "./actions/companies";
import * as contacts from "./actions/contacts";
import * as conversationParts from "./actions/conversationParts";
import * as conversations from "./actions/conversations";
import * as customObjectInstances from "./actions/customObjectInstances";
import * as events from "./actions/events";
import * as messages from "./actions/messages";
import * as notes from "./actions/notes";
import { rawRequest } from "./actions/rawRequest";
import * as segments from "./actions/segments";
import * as tags from "./actions/tags";
import * as teams from "./actions/teams";
import * as tickets from "./actions/tickets";
import * as ticketTypes from "./actions/ticketTypes";
import { accessToken, oauth } from "./connections";
import * as forms from "./dataSources/forms";
import * as picklists from "./dataSources/picklists";
import { batchChangesTrigger } from "./triggers/batchChanges";
import { pollChangesTrigger } from "./triggers/pollChanges";
import { webhook } from "./triggers/webhook";

export default component({
  key: "intercom",
  public: false,
  documentationUrl: "https://developers.intercom.com/docs",
  display: {
    label: "Intercom",
    description: "Manage companies, contacts and tags on the Intercom platform",
    iconPath: "icon.png",
  },
  connections: [oauth, accessToken],
  actions: {
    ...admins,
    ...articles,
    ...companies,
    ...contacts,
    ...conversationParts,
    ...conversations,
    ...customObjectInstances,
    ...events,
    ...messages,
    ...notes,
    ...segments,
    ...tags,
    ...teams,
    ...ticketTypes,
    ...tickets,
    rawRequest,
  },
  dataSources: { ...picklists, ...forms },
  triggers: { batchChangesTrigger, pollChangesTrigger, webhook },
});
