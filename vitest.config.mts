import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/ground.ts"],
    testTimeout: 20_000,
    // One for each core: many tests wait for other processes.
    maxWorkers: "100%",
    // No test leaves anything behind, and to load spectral for each file takes half the time.
    isolate: false,
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: "test-report.json" }]]
      : ["default"],
  },
});
