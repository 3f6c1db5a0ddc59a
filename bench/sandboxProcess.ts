import { startSandbox } from "../sandbox/index";
import { fillCompanies, fillContacts, fillConversations } from "../test/stage/crowd";
import type { Filling, Started } from "./openSandbox";

/**
 * A sandbox in a process of its own, so that we don't measure its work. The process ends with its
 * parent.
 */
async function main({ contacts = 0, companies = 0, conversations = 0, data }: Filling) {
  const startedAt = performance.now();
  const sandbox = await startSandbox({
    seed: "empty",
    data,
    // A limit that no figure reaches, because none measures waiting for the next window.
    settings: { requestsPerWindow: 1_000_000_000 },
  });
  const startMs = performance.now() - startedAt;
  const before = process.cpuUsage();
  const people = fillContacts(sandbox.workspace, contacts);
  fillCompanies(sandbox.workspace, companies);
  fillConversations(sandbox.workspace, people, conversations);
  const { user, system } = process.cpuUsage(before);
  process.once("disconnect", () => sandbox.close());
  const started: Started = {
    url: sandbox.url,
    token: sandbox.token,
    startMs,
    fillMs: (user + system) / 1000,
  };
  process.send?.(started);
}

void main(JSON.parse(process.argv[2] ?? "{}"));
