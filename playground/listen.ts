import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { exportLines } from "./address";
import { command, inputLines, messageOf, readInputs, UsageError } from "./commandLine";
import { type Arrival, installTrigger, triggerOf } from "./component";
import { askSandbox } from "./control";
import { note, printJson, type Shell } from "./shell";
import { type Target, withTarget } from "./target";

const name = "npm run -s listen --";
const trigger = triggerOf("webhook");

export const listen = command(
  () => help,
  async (words, shell) => {
    const inputs = readInputs(trigger, words);
    await withTarget(shell.env, (target) => keepListening(inputs, target, shell));
  },
);

async function keepListening(inputs: Record<string, unknown>, target: Target, shell: Shell) {
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
    let what = request.method ?? "";
    try {
      const body = await readBody(request);
      if (!body) {
        response.writeHead(413, { connection: "close" }).end();
        return note(shell, `${what} | 413 more than ${mostBytes} bytes`);
      }
      if (request.method !== "HEAD") what = topicOf(body);
      const {
        data,
        branch,
        response: answer,
      } = await run({
        headers: request.headers as Arrival["headers"],
        body,
      });
      const { statusCode = 500, body: said = "" } = answer ?? {};
      response.writeHead(statusCode).end(said);
      note(shell, `${what} | ${statusCode} ${said} | ${branch}`);
      if (data !== null) printJson(shell, data);
    } catch (error) {
      if (!request.complete) return note(shell, "A client hung up in the middle of a request.");
      response.writeHead(500).end();
      note(shell, `${what} | 500 ${messageOf(error)}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const subscription = await subscribe(sandbox.url, `http://127.0.0.1:${port}/`);
    // Taken before we say how to end it: until then a signal ends the process at once.
    const ended = shell.endSignal();
    note(shell, `Listening to ${target.name}. What it notifies of is shown; Ctrl+C ends it.`);
    if (isFresh) for (const line of exportLines(sandbox)) note(shell, line);
    await subscription.keepUp(ended, () => {
      // A sandbox that began anew gives the same ids again.
      run = install();
      note(shell, "The sandbox had forgotten the subscription; it is there again.");
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Far more than any notification holds. */
const mostBytes = 10_000_000;

/** A request's body; `undefined` where there is too much of it, and the rest is not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // To leave the loop early would cut the connection before the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const lookEveryMs = 500;

/** Has a sandbox send its notifications to a URL. */
async function subscribe(sandboxUrl: string, url: string) {
  const add = () => {
    const body = JSON.stringify({ url });
    return askSandbox<{ id: string }>(sandboxUrl, "webhooks", { method: "POST", body });
  };

  let { id } = await add();
  return {
    /** Until it is ended: a reset of the sandbox takes the subscription away. */
    async keepUp(signal: AbortSignal, onRenewed: () => void) {
      while (!signal.aborted) {
        await wait(lookEveryMs, undefined, { signal }).catch(() => undefined);
        const path = "webhooks/subscriptions";
        const subscriptions = await askSandbox<{ url: string }[]>(sandboxUrl, path);
        if (signal.aborted || subscriptions.some((one) => one.url === url)) continue;
        ({ id } = await add());
        onRenewed();
      }
      await askSandbox(sandboxUrl, `webhooks?id=${id}`, { method: "DELETE" });
    },
  };
}

const longestTopic = 80;

/** What a body says that it is of. Nobody has vouched for the body yet. */
function topicOf(body: Buffer): string {
  try {
    return String(JSON.parse(body.toString()).topic).slice(0, longestTopic);
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
