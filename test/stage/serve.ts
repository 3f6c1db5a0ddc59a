import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server on this machine until the test ends; returns its URL, without a slash at the end. */
export async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface JsonRequest {
  url: URL;
  /** The request's body; an empty object if there is none. */
  body: { pagination?: { starting_after?: string }; [key: string]: unknown };
}

/** Answers each request in JSON; undefined gives a 404, as at the end of a scroll. */
export const serveJson = (answer: (request: JsonRequest) => object | undefined): Promise<string> =>
  serve(async (request, response) => {
    const sent = Buffer.concat(await request.toArray()).toString();
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const body = answer({ url, body: JSON.parse(sent || "{}") as JsonRequest["body"] });
    // Node would reuse its own Date for a second of real time, also if the test moves the clock.
    response.setHeader("Date", new Date().toUTCString());
    response.writeHead(body ? 200 : 404, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body ?? { type: "error.list", errors: [{ code: "not_found" }] }));
  });
