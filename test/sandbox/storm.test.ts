import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { startSandbox } from "../../sandbox/index";

async function openInStorm(seed: number) {
  const sandbox = await startSandbox({ seed: "empty" });
  onTestFinished(() => sandbox.close());
  const steer = (path: string, body?: unknown) =>
    fetch(`${sandbox.url}/_sandbox/${path}`, { method: "POST", body: JSON.stringify(body) });
  const answer = await steer("storm", { seed, share: 0.5 });
  expect(answer.status).toBe(200);
  return { sandbox, steer };
}

/** Which of a hundred requests, several at a time, are struck by what. */
async function faultsOf(seed: number) {
  const { sandbox } = await openInStorm(seed);
  const headers = { authorization: `Bearer ${sandbox.token}` };
  const ask = (path: string, signal: AbortSignal) =>
    fetch(`${sandbox.url}${path}`, { headers, signal })
      .then((answer) => answer.text())
      .catch(() => undefined);
  const paths = Array.from({ length: 100 }, (_, index) => `/tags/${index % 40}`);
  for (let start = 0; start < paths.length; start += 20) {
    const some = paths.slice(start, start + 20);
    const patience = new AbortController();
    const answers = Promise.all(some.map((path) => ask(path, patience.signal)));
    // Given up when all have arrived, and not by the clock: a machine may be busy.
    while (sandbox.requests.length < start + some.length) await setImmediate();
    patience.abort();
    await answers;
  }
  return sandbox.requests.map(({ path, fault }) => `${path} ${fault}`).sort();
}

test("the same seed strikes the same requests, whatever their order", async () => {
  const [first, second] = [await faultsOf(7), await faultsOf(7)];
  expect(second).toEqual(first);
  const struck = first.filter((line) => !line.endsWith("undefined")).length;
  expect(struck).toBeGreaterThan(25);
  expect(struck).toBeLessThan(75);
});

test("another seed strikes others", async () => {
  expect(await faultsOf(8)).not.toEqual(await faultsOf(7));
});

test("a storm ends with the faults, and one without a seed is refused", async () => {
  const { sandbox, steer } = await openInStorm(7);
  expect((await steer("storm", { share: 2 })).status).toBe(400);
  await fetch(`${sandbox.url}/_sandbox/faults`, { method: "DELETE" });
  const headers = { authorization: `Bearer ${sandbox.token}` };
  for (let times = 0; times < 30; times += 1) {
    expect((await fetch(`${sandbox.url}/tags`, { headers })).status).toBe(200);
  }
});
