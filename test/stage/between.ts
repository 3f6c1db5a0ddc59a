import { once } from "node:events";
import { request as ask, type IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { serve } from "./serve";

interface Hooks {
  /** Before a request is passed on. */
  asked?: (path: string) => void;
  /** When the answer is made, and has not been passed on yet. */
  answered?: (path: string) => void;
  /** Headers laid over those of the answer. */
  headers?: () => Record<string, string>;
  /** Paths that are not passed on. */
  hides?: RegExp;
}

/** Of one connection alone. */
const hopHeaders = ["host", "connection", "content-length"];

/** Stands before a sandbox and passes on what comes; gives its URL. */
export async function standBetween(url: string, hooks: Hooks): Promise<string> {
  const passOn = async (request: IncomingMessage) => {
    const { method = "GET", url: path = "" } = request;
    const body = Buffer.concat(await request.toArray());
    const given = Object.entries(request.headers).filter(([name]) => !hopHeaders.includes(name));
    hooks.asked?.(path);
    // Not by fetch, which takes several times as long.
    const asked = ask(`${url}${path}`, { method, headers: Object.fromEntries(given) }).end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const text = Buffer.concat(await answer.toArray()).toString();
    hooks.answered?.(path);
    const headers = { ...answer.headers, ...hooks.headers?.() };
    return { status: answer.statusCode ?? 0, headers, text };
  };
  return serve(async (request, response) => {
    if (hooks.hides?.test(request.url ?? "")) return response.writeHead(404).end();
    const { status, headers, text } = await passOn(request);
    return response.writeHead(status, headers).end(text);
  });
}

/** Names the server as the host of the requests that pass: a sandbox answers under no other. */
export const underHostOf = (port: number) =>
  new Transform({
    transform: (chunk: Buffer, _encoding, passOn) => {
      const text = chunk.toString("latin1").replace(/^(Host: ).*$/im, `$1127.0.0.1:${port}`);
      passOn(null, Buffer.from(text, "latin1"));
    },
  });
