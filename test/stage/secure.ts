import https from "node:https";
import { connect, createServer, type Socket } from "node:net";
import { type Duplex, PassThrough } from "node:stream";
import { createServer as createSecureServer } from "node:tls";
import { onTestFinished } from "vitest";
import { underHostOf } from "./between";

/** The certificate's host. This name never exists (RFC 6761, 6.2). */
export const host = "api.intercom.test";

/** A self-signed certificate for these tests only, for `host` and 127.0.0.1, valid until 2120. */
const certificate = {
  key: `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgK62UT8nTVl2zf1JJ
IloJ2slq3ya/PQyxvZ8ob7vrg3+hRANCAASYGXvXu0yy6Cauu+aiSGU7jMGgHhQ1
czqDfeWXUVSV8eRiZFo7aMriO3qHJ/HeJ4/JuUdQjt8iz1781pn3wUbI
-----END PRIVATE KEY-----
`,
  cert: `
-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIBATAKBggqhkjOPQQDAjAcMRowGAYDVQQDDBFhcGkuaW50
ZXJjb20udGVzdDAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowHDEa
MBgGA1UEAwwRYXBpLmludGVyY29tLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMB
BwNCAASYGXvXu0yy6Cauu+aiSGU7jMGgHhQ1czqDfeWXUVSV8eRiZFo7aMriO3qH
J/HeJ4/JuUdQjt8iz1781pn3wUbIo1YwVDAiBgNVHREEGzAZghFhcGkuaW50ZXJj
b20udGVzdIcEfwAAATAPBgNVHRMBAf8EBTADAQH/MB0GA1UdDgQWBBTbsFo1VpKK
feygJyA8DCGBqQwqoTAKBggqhkjOPQQDAgNIADBFAiEA5bXIZnIGscrmQBgYzW77
BaYQlv6H48oQhEEglPP7+2wCID7QutZn+EP9n8Aw5NVZmAnKFUajLqbQpkm5hP9T
NP8c
-----END CERTIFICATE-----
`,
};

/** An option of Node's own agent that @types/node does not declare. */
const { options } = https.globalAgent as unknown as { options: { ca?: string } };

/** Makes Node trust the certificate until the test ends. */
export function trustCertificate(): void {
  options.ca = certificate.cert;
  onTestFinished(() => {
    delete options.ca;
    https.globalAgent.destroy();
  });
}

/** Passes decrypted requests on to a server without TLS. */
function createTerminator(url: string) {
  const port = Number(new URL(url).port);
  return createSecureServer(certificate, (socket) => {
    pipe(socket, connect(port, "127.0.0.1"), underHostOf(port));
  });
}

/** Connects two sockets; when one closes, we close the other. */
function pipe(one: Socket, other: Socket, onTheWay: Duplex = new PassThrough()): void {
  one.pipe(onTheWay).pipe(other).pipe(one);
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    // Small packets would wait for each other, and the fast clock would not wait for them.
    from.setNoDelay();
    from.on("error", () => undefined).on("close", () => to.destroy());
  }
}

export interface SecureServer {
  port: number;
  /** The number of connections so far. */
  connections(): number;
}

/**
 * A TLS server in front of a server without TLS. The functions in `first` handle the first
 * connections instead, one each.
 */
export async function serveSecurely(
  url: string,
  first: ((socket: Socket) => void)[] = [],
): Promise<SecureServer> {
  const terminator = createTerminator(url);
  terminator.on("tlsClientError", () => undefined);
  let count = 0;
  const port = await listen((socket) => {
    const treat = first[count];
    count += 1;
    if (treat) treat(socket);
    else terminator.emit("connection", socket);
  });
  return { port, connections: () => count };
}

/**
 * A proxy that answers the first CONNECTs with these statuses, one each, and then connects to the
 * port.
 */
export async function serveProxy(port: number, answers: string[] = []) {
  const asked: string[] = [];
  const proxyPort = await listen((socket) => {
    socket.once("data", (head) => {
      const answer = answers[asked.length];
      asked.push(head.toString().split("\r\n", 1)[0] ?? "");
      if (answer) {
        socket.end(answer);
      } else {
        const upstream = connect(port, "127.0.0.1", () => {
          socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
          pipe(socket, upstream);
        });
      }
    });
  });
  return { url: `http://127.0.0.1:${proxyPort}`, asked };
}

async function listen(take: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    take(socket);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}
