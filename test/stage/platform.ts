import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** One version of a component, as `prism components:publish` sends it. */
export interface Version {
  definition: { key: string; public?: boolean; display: Record<string, unknown> };
  actions: Part[];
  triggers: Part[];
  dataSources: Part[];
  connections: Part[];
  /** The files by the platform's names: `icon`, `package`, `intercom/iconPath`. */
  uploads: Map<string, Upload>;
}

/** An action, a connection …, with its inputs. Spectral makes the other fields. */
export interface Part {
  key: string;
  inputs: { key: string; label: string; type: string; required?: boolean }[];
  [field: string]: unknown;
}

export interface Upload {
  type: string | undefined;
  bytes: Buffer;
}

export interface Platform {
  url: string;
  /** The token that a person needs to publish. */
  token: string;
  versions: Version[];
  close(): Promise<void>;
}

type Variables = Omit<Version, "uploads"> & { key: string; public: boolean };

/** prism compares packages by their SHA-1. */
export const signatureOf = (bytes: Buffer): string =>
  createHash("sha1").update(bytes).digest("hex");

/**
 * A server for the requests of `prism components:publish` and `components:signature`
 * (prism 10.4.0). The server accepts any component, without the checks of Prismatic itself.
 */
export async function startPlatform(): Promise<Platform> {
  const token = "a-person's-token";
  const versions: Version[] = [];
  const server = createServer(async (request, response) => {
    const bytes = await readAll(request);
    const upload = /^\/uploads\/(\d+)\/(.+)$/.exec(request.url ?? "");
    const version = versions[Number(upload?.[1]) - 1];
    if (request.method === "PUT" && version) {
      version.uploads.set(upload?.[2] ?? "", { type: request.headers["content-type"], bytes });
      response.end();
    } else if (request.method === "POST" && request.url === "/api") {
      const isKnown = request.headers.authorization === `Bearer ${token}`;
      const answer = isKnown ? resolve(bytes) : { errors: [{ message: "Who are you?" }] };
      response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function resolve(body: Buffer) {
    const { query, variables } = JSON.parse(body.toString()) as {
      query: string;
      variables: Variables;
    };
    const operation = /\b(?:query|mutation) (\w+)/.exec(query)?.[1];
    if (operation === "whoami") return { data: { authenticatedUser: { org: {}, customer: null } } };
    if (operation === "component") return { data: { components: { nodes: find(variables) } } };
    if (operation === "publishComponent") return { data: { publishComponent: publish(variables) } };
    return { errors: [{ message: `This platform knows no ${operation}.` }] };
  }

  /** The signature of a component's newest version. */
  function find({ key, public: isPublic }: Variables) {
    const found = versions.findLast(
      ({ definition }) => definition.key === key && (definition.public ?? false) === isPublic,
    );
    const bytes = found?.uploads.get("package")?.bytes;
    return bytes ? [{ signature: signatureOf(bytes) }] : [];
  }

  function publish({ definition, actions, triggers, dataSources, connections }: Variables) {
    const uploads = new Map<string, Upload>();
    versions.push({ definition, actions, triggers, dataSources, connections, uploads });
    const uploadUrl = (name: string) => `${url}/uploads/${versions.length}/${name}`;
    /** Only for connections with such an icon, because prism fails at a URL without a file. */
    const connectionUploadUrls = (field: "iconPath" | "avatarIconPath") =>
      connections
        .filter((connection) => connection[field])
        .map(({ key }) => ({ connectionKey: key, iconUploadUrl: uploadUrl(`${key}/${field}`) }));
    const publishResult = {
      component: { id: definition.key, versionNumber: versions.length },
      iconUploadUrl: uploadUrl("icon"),
      packageUploadUrl: uploadUrl("package"),
      sourceUploadUrl: uploadUrl("source"),
      connectionIconUploadUrls: connectionUploadUrls("iconPath"),
      connectionAvatarIconUploadUrls: connectionUploadUrls("avatarIconPath"),
    };
    return { publishResult, errors: [] };
  }

  return {
    url,
    token,
    versions,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
