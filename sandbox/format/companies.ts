import type { CompanyRow } from "../store/companies";
import type { Workspace } from "../store/workspace";
import { formatSegment } from "./segments";
import { formatTag } from "./tags";

export function formatCompany(row: CompanyRow, workspace: Workspace) {
  const { companies, tags, segments } = workspace;
  // Left out, not null, until somebody sets them (examples of OpenAPI 2.16).
  const whenSet = Object.entries({
    last_request_at: row.lastRequestAt,
    size: row.size,
    website: row.website,
    industry: row.industry,
  }).filter(([, value]) => value !== null);
  return {
    type: "company",
    company_id: row.companyId,
    id: row.id,
    app_id: workspace.id,
    name: row.name,
    remote_created_at: row.remoteCreatedAt,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
    ...Object.fromEntries(whenSet),
    monthly_spend: row.monthlySpend,
    session_count: row.sessionCount,
    user_count: companies.contactsOf(row).size,
    tags: { type: "tag.list", tags: row.tagIds.map((id) => formatTag(tags.get(id))) },
    segments: { type: "segment.list", segments: segments.ofCompany(row).map(formatSegment) },
    plan: row.plan ? { type: "plan", ...row.plan } : {},
    custom_attributes: row.customAttributes,
  };
}
