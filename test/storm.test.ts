import { expect, test } from "vitest";
import { fillCompanies, fillContacts } from "./stage/crowd";
import { openWorkbench, runClockFast, type Workbench } from "./stage/workbench";
import { openReport } from "./storm/actor";
import { type Base, playLives } from "./storm/lives";

/** `STORM_ACTIONS=50000 STORM_SEED=7 npm test -- storm` plays a longer one, or another. */
const actionCount = Number(process.env.STORM_ACTIONS ?? 1500);
const seed = Number(process.env.STORM_SEED ?? Date.now() % 1_000_000);
const share = 0.2;
const workers = 8;

function furnish({ sandbox }: Workbench): Base {
  const { workspace } = sandbox;
  const contacts = fillContacts(workspace, 400);
  const companies = fillCompanies(workspace, 200);
  const [ticketType] = workspace.ticketTypes.rows;
  const priority = ticketType?.attributes.find(({ name }) => name === "Priority");
  return {
    contactIds: contacts.map(({ id }) => id),
    companyIds: companies.map(({ id }) => id),
    email: contacts[7]?.email ?? "",
    tagId: workspace.tags.findOrCreate("Storm").id,
    teamId: workspace.teams.rows[0]?.id ?? "",
    ticketTypeId: ticketType?.id ?? "",
    ticketAttributes: { Priority: priority?.options?.[0]?.id },
  };
}

test(`a storm of ${actionCount} actions, with a fault on every fifth request, loses nothing and duplicates nothing (STORM_SEED=${seed})`, {
  timeout: 120_000 + actionCount * 40,
}, async () => {
  runClockFast();
  const bench = await openWorkbench();
  const { sandbox, log } = bench;
  const base = furnish(bench);
  const report = openReport();
  const isOver = () => report.done + report.failed >= actionCount;
  sandbox.settings.indexLagMs = 60_000;
  sandbox.faults.storm({ seed, share });
  await Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      playLives(bench, report, base, { worker, seed, isOver }),
    ),
  );
  sandbox.faults.clear();

  const { done, failed } = report;
  const struck = sandbox.requests.filter(({ fault }) => fault).length / sandbox.requests.length;
  process.stderr.write(
    `storm ${seed}: ${done} actions done, ${failed} failed, ${sandbox.requestCount} requests, ${Math.round(struck * 100)} % struck\n`,
  );
  expect(done + failed).toBeGreaterThanOrEqual(actionCount);
  expect(struck).toBeGreaterThan(share * 0.8);
  expect(failed / done).toBeLessThan(0.2);

  expect(report.checks.length).toBeGreaterThan(workers * 8);
  for (const check of report.checks) check();

  const emitted = [...log, ...report.emitted].join("\n");
  expect(emitted.length).toBeGreaterThan(10_000);
  expect(emitted).not.toContain(sandbox.token);
  expect(emitted).not.toContain("Bearer");
});
