import { once } from "node:events";
import { request as ask, type IncomingMessage } from "node:http";
import { Transform } from "node:stream";
import { serve } from "./serve";

interface Hooks {
  /** Called before we pass a request on. */
  asked?: (path: string) => void;
  /** Called with the answer, before we pass the answer on. */
  answered?: (path: string) => void;
  /** Headers that replace those of the answer. */
  headers?: () => Record<string, string>;
  /** Paths that we don't pass on. */
  hides?: RegExp;
}

/** Headers that belong to one connection only. */
const hopHeaders = ["host", "connection", "content-length"];

/** A server in front of a sandbox that passes requests on; returns the server's URL. */
export async function standBetween(url: string, hooks: Hooks): Promise<string> {
  const passOn = async (request: IncomingMessage) => {
    const { method = "GET", url: path = "" } = request;
    const body = Buffer.concat(await request.toArray());
    const given = Object.entries(request.headers).filter(([name]) => !hopHeaders.includes(name));
    hooks.asked?.(path);
    // We don't use fetch, because fetch takes several times as long.
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

/**
 * Sets the host of passing requests to the sandbox's own, because a sandbox answers under no other.
 */
export const underHostOf = (port: number) =>
  new Transform({
    transform: (chunk: Buffer, _encoding, passOn) => {
      const text = chunk.toString("latin1").replace(/^(Host: ).*$/im, `$1127.0.0.1:${port}`);
      passOn(null, Buffer.from(text, "latin1"));
    },
  });
