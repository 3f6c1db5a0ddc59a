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
      "This command works with a sandbox only, because a workspace sends its notifications to the URL in the Developer Hub: unset INTERCOM_ACCESS_TOKEN, or set INTERCOM_BASE_URL to a sandbox.",
    );
  }
  const clientSecret = inputs.clientSecret || sandbox.clientSecret;
  if (!clientSecret) {
    throw new UsageError(
      "INTERCOM_CLIENT_SECRET is missing: export the value that npm run sandbox prints.",
    );
  }
  const install = () =>
    installTrigger(trigger.key, { ...inputs, clientSecret }, connection, () => {});
  let run = install();
  // This run shows mistakes in the inputs before we send anything to the sandbox.
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
      if (!request.complete)
        return note(shell, "A client closed the connection in the middle of a request.");
      response.writeHead(500).end();
      note(shell, `${what} | 500 ${messageOf(error)}`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const subscription = await subscribe(sandbox.url, `http://127.0.0.1:${port}/`);
    // We take the signal before the note says Ctrl+C. Until then a signal ends the process at once.
    const ended = shell.endSignal();
    note(
      shell,
      `Listening to ${target.name}. This command shows each notification; Ctrl+C ends it.`,
    );
    if (isFresh) for (const line of exportLines(sandbox)) note(shell, line);
    await subscription.keepUp(ended, () => {
      // After a reset, the sandbox gives notifications the same ids again, so we forget the seen ids.
      run = install();
      note(shell, "The sandbox lost the subscription in a reset, so we subscribed again.");
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Far more than any notification holds. */
const mostBytes = 10_000_000;

/** A request's body; `undefined` if the body is too long, and then we stop reading. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Without this option, leaving the loop early would close the connection before the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const lookEveryMs = 500;

/** Subscribes a URL to a sandbox's notifications. */
async function subscribe(sandboxUrl: string, url: string) {
  const add = () => {
    const body = JSON.stringify({ url });
    return askSandbox<{ id: string }>(sandboxUrl, "webhooks", { method: "POST", body });
  };

  let { id } = await add();
  return {
    /** Subscribes again after each reset of the sandbox, until the signal aborts. */
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

/** The topic in a body whose signature is not checked yet. */
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
  "Subscribes the webhook trigger to a sandbox. Prints each notification as JSON, as the flow gets it,",
  "and everything else on stderr. Listens to the sandbox that `act` uses, or to one of its own. The",
  "client secret is the sandbox's by default.",
  "",
  ...inputLines(trigger),
];
