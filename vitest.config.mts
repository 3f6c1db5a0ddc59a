import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    // One for each core: many tests wait for other processes.
    maxWorkers: "100%",
    reporters: process.env.CI
      ? ["default", ["json", { outputFile: "test-report.json" }]]
      : ["default"],
  },
});
