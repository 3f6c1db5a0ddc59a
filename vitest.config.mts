import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/stage/ground.ts"],
    // On a busy machine a test may wait long for its turn.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // One for each core: Vitest would leave one out.
    maxWorkers: "100%",
    // No test leaves anything behind, and to load spectral for each file takes half the time.
    isolate: false,
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: "test-report.json" }]]
      : ["default"],
  },
});
