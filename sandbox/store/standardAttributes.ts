import type { DataAttributeRow } from "./dataAttributes";

/** An attribute that every workspace has. Its name is the last step of the full one. */
export type StandardAttribute = readonly [
  fullName: string,
  label: string,
  description: string,
  dataType: DataAttributeRow["dataType"],
  apiWritable?: "writable",
];

/** Companies' as the example of OpenAPI 2.16 (lisDataAttributes) has them; the rest after it. */
export const standardAttributes: Record<DataAttributeRow["model"], readonly StandardAttribute[]> = {
  contact: [
    ["name", "Name", "A person's full name", "string", "writable"],
    ["owner_id", "Owner", "The teammate who owns this person", "integer", "writable"],
    ["email", "Email", "The email address assigned to a user or lead", "string", "writable"],
    ["phone", "Phone", "A person's phone number", "string", "writable"],
    ["external_id", "User ID", "Your own id of a user", "string", "writable"],
    ["role", "Type", "Whether this is a user or a lead", "string", "writable"],
    ["id", "ID", "The Intercom defined id representing the person", "string"],
    ["created_at", "First seen", "The day a person was added to Intercom", "date"],
    ["updated_at", "Updated at", "The last time a person was updated", "date"],
    ["signed_up_at", "Signed up", "The day a user signed up", "date", "writable"],
    ["last_seen_at", "Last seen", "The last day a person visited", "date", "writable"],
    ["last_contacted_at", "Last contacted", "The last day you wrote to a person", "date"],
    ["last_replied_at", "Last heard from", "The last day a person wrote to you", "date"],
    [
      "unsubscribed_from_emails",
      "Unsubscribed from Emails",
      "Whether a person has unsubscribed from emails",
      "boolean",
      "writable",
    ],
    ["location.city", "City", "The city a person was last seen in", "string"],
    ["location.country", "Country", "The country a person was last seen in", "string"],
    ["browser", "Browser", "The browser a person last used", "string"],
    ["os", "OS", "The operating system a person last used", "string"],
  ],
  company: [
    ["name", "Company name", "The name of a company", "string", "writable"],
    ["company_id", "Company ID", "A number identifying a company", "string"],
    [
      "last_request_at",
      "Company last seen",
      "The last day anyone from a company visited your site or app",
      "date",
    ],
    [
      "remote_created_at",
      "Company created at",
      "The day a company was added to Intercom",
      "date",
      "writable",
    ],
    ["user_count", "People", "The number of people in a company", "integer"],
    [
      "session_count",
      "Company web sessions",
      "All visits from anyone in a company to your product's site or app",
      "integer",
    ],
    ["plan.name", "Plan", "The level within your product that a company signed up to", "string"],
    [
      "monthly_spend",
      "Monthly Spend",
      "The monthly revenue you receive from a company",
      "float",
      "writable",
    ],
    [
      "size",
      "Company size",
      "The number of people employed in this company",
      "integer",
      "writable",
    ],
    ["industry", "Company industry", "The domain this company belongs to", "string", "writable"],
    ["website", "Company website", "The address of a company's website", "string", "writable"],
    ["id", "ID", "The Intercom defined id representing the company", "string"],
    ["created_at", "Created at", "The time the company was added to Intercom", "date"],
    ["updated_at", "Updated at", "The last time the company was updated", "date"],
    ["plan.id", "Plan ID", "The Intercom defined id representing the plan", "string"],
    ["app_id", "App ID", "The Intercom defined id representing the app", "string"],
  ],
  conversation: [
    ["id", "ID", "The Intercom defined id representing the conversation", "string"],
    ["created_at", "Created at", "The time the conversation was started", "date"],
    ["updated_at", "Updated at", "The last time the conversation was updated", "date"],
    ["title", "Title", "The title of a conversation", "string", "writable"],
  ],
};
