import type { IncomingHttpHeaders } from "node:http";
import { serve } from "./serve";

export interface Received {
  method: string;
  headers: IncomingHttpHeaders;
  /** As it came: signatures are over bytes. */
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a notification, as a test looks into it
  body: any;
}

/** An app's webhook endpoint, which keeps what it gets. */
export async function openReceiver() {
  const received: Received[] = [];
  /** What to answer; `hang` never does, and a promise when it is kept. */
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
    /** Notifications alone, without the HEAD request and the ping. */
    notifications: () => received.filter(({ body }) => body && body.topic !== "ping"),
    topics: () =>
      received.flatMap(({ body }) => (body && body.topic !== "ping" ? [body.topic] : [])),
  };
}
