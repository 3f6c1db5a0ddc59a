import { expect, onTestFinished, test, vi } from "vitest";
import { startScript } from "../stage/commands";

test("npm run sandbox & kill $! ends the server", async () => {
  const { until, printed, pid } = startScript("sandbox", ["--port", "0"]);
  onTestFinished(() => {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      // All processes of its group have ended.
    }
  });
  await until("stdout", "Ctrl+C");
  const [url = ""] = printed.stdout.match(/http:\/\/127\.0\.0\.1:\d+/) ?? [];
  expect((await fetch(`${url}/_sandbox/state`)).status).toBe(200);
  // We signal only npm. npm passes the signal to its shell, and the shell passes it to nobody.
  process.kill(pid, "SIGTERM");
  const isGone = () => expect(fetch(url)).rejects.toThrow("fetch failed");
  await vi.waitFor(isGone, { timeout: 10_000 });
});
