import { defineConfig } from "tsdown";
import { notices } from "./notices.mjs";

/**
 * What spectral and axios bring along and no action, trigger or data source reaches: most of the
 * file. What stands in its place throws as soon as it is called.
 */
const leftOut = [
  // Integrations written in code.
  "./serverTypes/convertIntegration",
  "./convertIntegration",
  "zod",
  "yaml",
  // spectral's tools for tests.
  "./testing",
  // Conditions and dates of the platform's own steps.
  "./conditionalLogic",
  "date-fns",
  // Tools of spectral's that we don't use: cleanObject, toJSON, isUrl, its raw request, manifests.
  "lodash/omitBy",
  "lodash/isEmpty",
  "lodash/camelCase",
  "safe-stable-stringify",
  "valid-url",
  // Multipart by spectral's raw request and by axios from plain objects; ours is Node's FormData.
  "form-data",
  // The debug mode of spectral's client, which prints the token.
  "object-sizeof",
  // Retries of spectral's client; ours are in src/intercom/wire/http.ts.
  "axios-retry",
  // Redirects are not followed, and axios gets a transport of ours.
  "follow-redirects",
  // A development tool's; `debug` (by way of axios) colours its log with it where it is installed.
  "supports-color",
];

/** The log of axios and the proxy agent, for people who set `DEBUG`; it can name headers. */
const silenced = ["debug"];

const leaveOut = {
  name: "leave-out",
  resolveId: {
    order: "pre",
    async handler(source) {
      // The same functions, tested by lodash's own tests, in a quarter of the size.
      const [, lodash] = /^lodash\/(\w+)$/.exec(source) ?? [];
      if (lodash && !leftOut.includes(source)) {
        const found = await this.resolve(`es-toolkit/compat/${lodash}`, import.meta.filename);
        return found ?? this.error(`es-toolkit has no ${lodash}`);
      }
      if (silenced.includes(source)) return `\0silenced:${source}`;
      return leftOut.some((name) => source === name || source.startsWith(`${name}/`))
        ? `\0left-out:${source}`
        : undefined;
    },
  },
  load: (id) => {
    if (id.startsWith("\0silenced:")) return "module.exports = () => () => {};";
    if (!id.startsWith("\0left-out:")) return undefined;
    const name = id.slice("\0left-out:".length);
    return `
      const isLeftOut = () => { throw new Error(${JSON.stringify(`${name} is left out of this build`)}); };
      const known = ["default", "__esModule"];
      const nothing = new Proxy(class {}, {
        get: (target, key) =>
          key in target ? target[key] : known.includes(key) || typeof key === "symbol" ? undefined : nothing,
        apply: isLeftOut,
        construct: isLeftOut,
      });
      module.exports = nothing;
    `;
  },
};

// One CommonJS file with everything in it: the platform installs nothing beside it.
export default defineConfig({
  entry: { index: "src/index.ts" },
  format: "cjs",
  outDir: "dist",
  platform: "node",
  target: "node20",
  clean: true,
  dts: false,
  minify: true,
  deps: { alwaysBundle: () => true, onlyBundle: false },
  plugins: [leaveOut, notices],
  outExtensions: () => ({ js: ".js" }),
  outputOptions: { exports: "named" },
  copy: [{ from: "assets/*", to: "dist" }],
});
