import { actions, runAction } from "../playground/component";
import { type Sandbox, startSandbox } from "../sandbox/index";
import { fillCompanies, fillContacts } from "../test/stage/crowd";
import { uses } from "../test/uses/index";
import type { Use, Variant } from "../test/uses/use";
import { type Figure, show } from "./figure";
import { connectionTo } from "./openSandbox";
import { count } from "./table";

interface Counted {
  action: string;
  /** How this use differs from the action's other uses. */
  how?: string;
  made: number;
  fewest: number;
  why?: string;
}

/** We count requests and measure no time, so the sandbox may run in this process. */
async function countRequests(action: string, use: Use, variant?: Variant): Promise<Counted> {
  const sandbox = await startSandbox({
    seed: "empty",
    settings: { requestsPerWindow: 1_000_000_000 },
  });
  const { contacts, companies } = variant?.holding ?? {};
  fillContacts(sandbox.workspace, contacts ?? 0);
  fillCompanies(sandbox.workspace, companies ?? 0);
  const inputs = variant?.holding ? {} : use.inputs(sandbox.workspace);
  await run(action, { ...inputs, ...variant?.inputs }, sandbox);
  const { requestCount } = sandbox;
  await sandbox.close();
  const { fewest = 1, why, how } = { how: undefined, ...(variant ?? use) };
  return { action, how, made: requestCount, fewest, why };
}

async function measure(): Promise<Figure> {
  const counted: Counted[] = [];
  for (const [action, use] of Object.entries(uses)) {
    counted.push(await countRequests(action, use));
    for (const variant of use.variants ?? []) {
      if (variant.fewest !== undefined) counted.push(await countRequests(action, use, variant));
    }
  }
  const left = actions.filter(({ key }) => !counted.some(({ action }) => action === key));
  if (left.length > 0)
    throw new Error(`No use counts the requests of ${left.map(({ key }) => key).join(", ")}.`);

  const ratios = counted.map(({ made, fewest }) => made / fewest);
  const atFewest = counted.filter(({ made, fewest }) => made === fewest).length;
  return {
    title: "Requests",
    meaning: `Requests that the sandbox received for each action, against the fewest requests that give the same result. Other lines show the uses in which an action can need more than one request. ${atFewest} of ${counted.length} uses make the fewest.`,
    summary: [
      {
        measured: `Requests, mean over ${counted.length} uses of all ${actions.length} actions`,
        ratio: ratios.reduce((total, ratio) => total + ratio, 0) / ratios.length,
        against: "the fewest possible",
      },
    ],
    tables: [
      {
        table: {
          head: ["Use", "Requests", "Fewest", "More", "Reason for the fewest"],
          rows: counted.map(({ action, how, made, fewest, why }) => [
            [`\`${action}\``, how].filter(Boolean).join(", "),
            count(made),
            count(fewest),
            made === fewest ? "" : count(made - fewest),
            why ?? "",
          ]),
        },
      },
    ],
    caveats: [
      "A company's id may be Intercom's or yours, and the id does not show which. The component tries Intercom's first, so yours costs one more request. The fewest assume that the caller knows which id it is.",
      "For lists, the fewest assume page sizes of 150, 60 and 100, the largest that we know from Intercom.",
      "No request fails here. After a failure, the component may retry.",
    ],
  };
}

const run = (action: string, inputs: Record<string, unknown>, { url, token }: Sandbox) =>
  runAction(action, inputs, connectionTo(url, token), () => undefined);

void show(measure());
