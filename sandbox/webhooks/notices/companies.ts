import { formatCompany } from "../../format/companies";
import { formatContact } from "../../format/contacts";
import type { Notifier, Notifiers } from "../notice";

const written: Notifier<"company.created" | "company.updated"> = ({ what, company }, workspace) => [
  [what, formatCompany(company, workspace)],
];

const attachment =
  (happened: "attached" | "detached"): Notifier<"company.attached" | "company.detached"> =>
  (change, workspace, version) => {
    const company = formatCompany(change.company, workspace);
    const contact = formatContact(change.contact, workspace, version, { single: true });
    return [[`company.contact.${happened}`, { company, contact }]];
  };

export const companyNotices = {
  "company.created": written,
  "company.updated": written,
  "company.deleted": ({ company: { id, companyId } }) => [
    ["company.deleted", { type: "company", id, company_id: companyId }],
  ],
  "company.attached": attachment("attached"),
  "company.detached": attachment("detached"),
} satisfies Partial<Notifiers>;
