import { defineConfig } from "tsdown";

/** Packages that nothing in a component calls. What stands for them throws when it is used. */
const leftOut = [
  // A development tool's; `debug` (by way of axios) colours its log with it where it is installed.
  "supports-color",
];

const leaveOut = {
  name: "leave-out",
  resolveId: {
    order: "pre",
    handler: (source) =>
      leftOut.some((name) => source === name || source.startsWith(`${name}/`))
        ? `\0left-out:${source}`
        : undefined,
  },
  load: (id) => {
    if (!id.startsWith("\0left-out:")) return undefined;
    const name = JSON.stringify(id.slice("\0left-out:".length));
    return `module.exports = new Proxy({}, {
      get(_, key) {
        if (typeof key === "symbol" || key === "__esModule" || key === "default") return undefined;
        throw new Error(${name} + " is left out of this build, so there is no " + key);
      },
    });`;
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
  plugins: [leaveOut],
  outExtensions: () => ({ js: ".js" }),
  outputOptions: { exports: "named" },
  copy: [{ from: "assets/*", to: "dist" }],
});
