import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { defineCommand, runMain } from "citty";
import {
  endWell,
  inputLines,
  messageOf,
  note,
  printHelp,
  printJson,
  readInputs,
  UsageError,
  whenEnded,
} from "./commandLine";
import { type Arrival, installTrigger, triggerOf } from "./component";
import { exportLines, type Target, withTarget } from "./target";

const name = "npm run -s listen --";
const trigger = triggerOf("webhook");

const listen = defineCommand({
  meta: { name, description: trigger.description },
  run: ({ rawArgs }) =>
    endWell(async () => {
      const inputs = readInputs(trigger, rawArgs);
      await withTarget((target) => keepListening(inputs, target));
    }),
});

async function keepListening(inputs: Record<string, unknown>, target: Target) {
  const { sandbox, connection, isFresh } = target;
  if (!sandbox) {
    throw new UsageError(
      "A workspace sends its notifications to the URL in the Developer Hub; this shows a sandbox's.",
    );
  }
  const clientSecret = inputs.clientSecret || sandbox.clientSecret;
  if (!clientSecret) {
    throw new UsageError("INTERCOM_CLIENT_SECRET is needed: npm run sandbox prints it.");
  }
  const install = () =>
    installTrigger(trigger.key, { ...inputs, clientSecret }, connection, () => {});
  let run = install();
  // What is wrong with the inputs shows before anybody is asked.
  await run({ headers: {}, body: Buffer.alloc(0) });
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const arrival = { headers: request.headers as Arrival["headers"], body };
    const what = request.method === "HEAD" ? "HEAD" : topicOf(body);
    try {
      const { data, branch, response: answer } = await run(arrival);
      const { statusCode = 500, body: said = "" } = answer ?? {};
      response.writeHead(statusCode).end(said);
      note(`${what} | ${statusCode} ${said} | ${branch}`);
      if (data !== null) printJson(data);
    } catch (error) {
      response.writeHead(500).end();
      note(`${what} | 500 ${messageOf(error)}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const subscription = await subscribe(sandbox.url, `http://127.0.0.1:${port}/`);
    // Before it is said how to end it: until then a signal ends the process at once.
    const ended = whenEnded();
    note(`Listening to ${target.name}. What it notifies of is shown; Ctrl+C ends it.`);
    if (isFresh) for (const line of exportLines(sandbox)) note(line);
    await subscription.keepUp(ended, () => {
      // A sandbox that began anew gives the same ids again.
      run = install();
      note("The sandbox had forgotten the subscription; it is there again.");
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const lookEveryMs = 500;

/** Has a sandbox send its notifications to a URL. */
async function subscribe(sandboxUrl: string, url: string) {
  const control = `${sandboxUrl}/_sandbox/webhooks`;
  const ask = async <Answer>(path: string, init?: RequestInit): Promise<Answer> => {
    const answer = await fetch(path, init).catch(() => {
      throw new Error(`The sandbox at ${sandboxUrl} is gone.`);
    });
    const body = (await answer.json()) as Answer & { error?: string };
    if (body.error) throw new Error(body.error);
    return body;
  };
  const add = () => ask<{ id: string }>(control, { method: "POST", body: JSON.stringify({ url }) });

  let { id } = await add();
  return {
    /** Until it is ended: a reset of the sandbox takes the subscription away. */
    async keepUp(ended: Promise<void>, onRenewed: () => void) {
      const end = new AbortController();
      void ended.then(() => end.abort());
      while (!end.signal.aborted) {
        await wait(lookEveryMs, undefined, { signal: end.signal }).catch(() => undefined);
        const subscriptions = await ask<{ url: string }[]>(`${control}/subscriptions`);
        if (end.signal.aborted || subscriptions.some((one) => one.url === url)) continue;
        ({ id } = await add());
        onRenewed();
      }
      await ask(`${control}?id=${id}`, { method: "DELETE" });
    },
  };
}

function topicOf(body: Buffer): string {
  try {
    return String(JSON.parse(body.toString()).topic);
  } catch {
    return "no JSON";
  }
}

const help = [
  `${name} [name=value ...]`,
  "",
  "Subscribes the webhook trigger to a sandbox and shows each notification as it comes: what the flow",
  "gets as JSON, everything else on stderr. It listens to the sandbox that `act` uses, or to one of",
  "its own. The client secret is the sandbox's, unless it is given.",
  "",
  ...inputLines(trigger),
];

void runMain(listen, { showUsage: async () => printHelp(help) });
