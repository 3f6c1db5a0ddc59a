import { defineConfig } from "tsdown";

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
  outExtensions: () => ({ js: ".js" }),
  outputOptions: { exports: "named" },
  copy: [{ from: "assets/*", to: "dist" }],
});
