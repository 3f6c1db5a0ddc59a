import { type IncomingMessage, request as requestHttp } from "node:http";
import { type RequestOptions, request as requestHttps } from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";

export interface Transport {
  /** Whether any of the request may have left over a connection to the host itself. */
  wasSent(): boolean;
  /** What axios calls in the place of Node's own. */
  request(
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ): ReturnType<typeof requestHttp>;
}

/** Sends one request, and observes on its socket how far it gets. */
export function createTransport(): Transport {
  let wasSent = false;
  return {
    wasSent: () => wasSent,
    request: (options, onAnswer) => {
      const isSecure = options.protocol === "https:";
      const send = isSecure ? requestHttps : requestHttp;
      const request = send(options, (answer) => {
        // axios's proxy agent hands on the proxy's own answer to CONNECT as if the host had given it.
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
        // Node holds back what is written until the socket is connected and the certificate checked.
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

/** Node does not document `secureConnecting`; where it is missing, the request counts as sent. */
type Handshake = Socket & { secureConnecting?: boolean };

const isEncrypted = (socket: Socket): boolean => (socket as TLSSocket).encrypted === true;
