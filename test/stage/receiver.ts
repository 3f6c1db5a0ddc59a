import type { IncomingHttpHeaders } from "node:http";
import { serve } from "./serve";

export interface Received {
  method: string;
  headers: IncomingHttpHeaders;
  /** The unchanged body, because a signature covers the bytes. */
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a notification, which tests read freely
  body: any;
}

/** An app's webhook endpoint that keeps all notifications. */
export async function openReceiver() {
  const received: Received[] = [];
  /** The next answers. `hang` never answers, and a promise answers when it resolves. */
  const answers: { head: number; next: (number | "hang" | "redirect" | Promise<number>)[] } = {
    head: 200,
    next: [],
  };
  const url = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", headers } = request;
    const raw = Buffer.concat(chunks).toString();
    received.push({ method, headers, raw, body: raw === "" ? undefined : JSON.parse(raw) });
    const answer = method === "HEAD" ? answers.head : ((await answers.next.shift()) ?? 200);
    if (answer === "hang") return;
    if (answer === "redirect") response.writeHead(302, { Location: "/elsewhere" });
    else response.writeHead(answer);
    response.end();
  });
  return {
    url: `${url}/hooks`,
    received,
    answers,
    /** The notifications, without the HEAD request and the ping. */
    notifications: () => received.filter(({ body }) => body && body.topic !== "ping"),
    topics: () =>
      received.flatMap(({ body }) => (body && body.topic !== "ping" ? [body.topic] : [])),
  };
}
