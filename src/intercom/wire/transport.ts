import { type IncomingMessage, request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

export interface Transport {
  /** Whether a part of the request may have gone over a connection to the host itself. */
  wasSent(): boolean;
  /** axios calls this instead of Node's own function. */
  request(
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ): ReturnType<typeof requestHttp>;
}

/** Sends one request, and watches its socket to learn whether the request was sent. */
export function createTransport(): Transport {
  let wasSent = false;
  return {
    wasSent: () => wasSent,
    request: (options, onAnswer) => {
      const isSecure = options.protocol === "https:";
      const send = isSecure ? requestHttps : requestHttp;
      const request = send(options, (answer) => {
        // axios's proxy agent gives us the proxy's answer to CONNECT as if it came from the host.
        if (isSecure && !isEncrypted(answer.socket)) {
          request.destroy(
            new Error(
              `the proxy answered ${answer.statusCode} and did not connect to ${options.hostname}: check HTTPS_PROXY and NO_PROXY`,
            ),
          );
        } else {
          onAnswer(answer);
        }
      });
      request.once("socket", (socket: Socket) => {
        if (isSecure && !isEncrypted(socket)) return;
        // Node sends nothing until the socket is connected and the certificate is checked.
        const isReady = !socket.connecting && !(socket as Handshake).secureConnecting;
        if (isReady) wasSent = true;
        else {
          socket.once(isSecure ? "secureConnect" : "connect", () => {
            wasSent = true;
          });
        }
      });
      return request;
    },
  };
}

/** Node does not document `secureConnecting`. Where it is missing, the request counts as sent. */
type Handshake = Socket & { secureConnecting?: boolean };

const isEncrypted = (socket: Socket): boolean => (socket as TLSSocket).encrypted === true;
