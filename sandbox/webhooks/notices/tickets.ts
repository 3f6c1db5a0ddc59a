import { atLeast } from "../../apiVersion";
import { formatTicket } from "../../format/tickets";
import type { TicketReplyPart } from "../../store/ticketParts";
import type { TicketRow } from "../../store/tickets";
import type { Notice, Notifiers } from "../notice";

function topicOfReply({ contactId, type }: TicketReplyPart): string {
  if (contactId !== null) return "ticket.contact.replied";
  return type === "note" ? "ticket.note.created" : "ticket.admin.replied";
}

function topicsOfSnooze(now: TicketRow, before: TicketRow): string[] {
  if (now.snoozedUntil === before.snoozedUntil) return [];
  return [now.snoozedUntil === null ? "ticket.admin.unsnoozed" : "ticket.admin.snoozed"];
}

export const ticketNotices = {
  "ticket.created": ({ ticket }, workspace, version) => [
    ["ticket.created", formatTicket(ticket, workspace, version)],
  ],
  "ticket.updated": ({ ticket: now, before }, workspace, version) => {
    const item = formatTicket(now, workspace, version);
    const { category } = workspace.ticketTypes.state(now.stateId);
    const notices: Notice[] = [];
    if (now.stateId !== before.stateId) {
      notices.push(["ticket.state.updated", item]);
      if (category === "resolved" && atLeast(version, "2.15"))
        notices.push(["ticket.resolved", item]);
    }
    const keys = Object.keys({ ...now.values, ...before.values });
    if (keys.some((key) => now.values[key] !== before.values[key])) {
      notices.push(["ticket.attribute.updated", item]);
    }
    if (now.adminId !== before.adminId && now.adminId !== null) {
      notices.push(["ticket.admin.assigned", item]);
    }
    if (now.teamId !== before.teamId && now.teamId !== null) {
      notices.push(["ticket.team.assigned", item]);
    }
    for (const topic of topicsOfSnooze(now, before)) notices.push([topic, item]);
    // The one ticket topic whose ticket stands a step deeper.
    if (before.isOpen && !now.isOpen) notices.push(["ticket.closed", { ticket: item }]);
    return notices;
  },
  "ticket.replied": ({ ticket, before, part }, workspace, version) => {
    const item = formatTicket(ticket, workspace, version);
    return [topicOfReply(part), ...topicsOfSnooze(ticket, before)].map((topic) => [topic, item]);
  },
} satisfies Partial<Notifiers>;
