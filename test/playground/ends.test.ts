import { expect, onTestFinished, test, vi } from "vitest";
import { startScript } from "../stage/commands";

test("npm run sandbox & kill $! ends the server", async () => {
  const { until, printed, pid } = startScript("sandbox", ["--port", "0"]);
  onTestFinished(() => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // Nobody of its group is there any more.
    }
  });
  await until("stdout", "Ctrl+C");
  const [url = ""] = printed.stdout.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
  expect((await fetch(`${url}/_sandbox/state`)).status).toBe(200);
  // npm alone, which hands the signal to its shell, which hands it to nobody.
  process.kill(pid, "SIGTERM");
  const isGone = () => expect(fetch(url)).rejects.toThrow("fetch failed");
  await vi.waitFor(isGone, { timeout: 10_000 });
});
