import { expect, test } from "vitest";
import { type Bench, openSandbox, refusal } from "../judges/answers";

const authorize = ({ sandbox }: Bench, query: Record<string, string>) => {
  const url = `${sandbox.url}/oauth?${new URLSearchParams(query)}`;
  return fetch(url, { redirect: "manual" });
};

async function codeOf(bench: Bench): Promise<string> {
  const { clientId } = bench.sandbox;
  const redirect_uri = "https://app.example.com/callback";
  const answer = await authorize(bench, { client_id: clientId, state: "s 1", redirect_uri });
  expect(answer.status).toBe(302);
  const target = new URL(answer.headers.get("Location") ?? "");
  expect([target.origin + target.pathname, target.searchParams.get("state")]).toEqual([
    redirect_uri,
    "s 1",
  ]);
  return target.searchParams.get("code") ?? "";
}

const secrets = ({ sandbox }: Bench) => ({
  client_id: sandbox.clientId,
  client_secret: sandbox.clientSecret,
});

test("a code is exchanged for the token, which opens the API", async () => {
  const bench = await openSandbox();
  const code = await codeOf(bench);
  const { body } = await bench.call("POST", "/auth/eagle/token", { ...secrets(bench), code });
  const { token } = bench.sandbox;
  expect(body).toEqual({ token_type: "Bearer", token, access_token: token });
  const Authorization = `Bearer ${body.access_token}`;
  const me = await fetch(`${bench.sandbox.url}/me`, { headers: { Authorization } });
  expect(me.status).toBe(200);
});

test("a code works once", async () => {
  const bench = await openSandbox();
  const body = { ...secrets(bench), code: await codeOf(bench) };
  expect((await bench.call("POST", "/auth/eagle/token", body)).status).toBe(200);
  expect(refusal(await bench.call("POST", "/auth/eagle/token", body))).toEqual({
    status: 401,
    code: "unauthorized",
    message: "Unauthorized Code",
  });
});

test("a code keeps its closing equals sign through a form that encodes it, and not otherwise", async () => {
  const bench = await openSandbox();
  const exchange = async (form: string | URLSearchParams) => {
    const url = `${bench.sandbox.url}/auth/eagle/token`;
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return (await fetch(url, { method: "POST", headers, body: String(form) })).status;
  };
  const code = await codeOf(bench);
  expect(code.endsWith("=")).toBe(true);
  expect(await exchange(new URLSearchParams({ ...secrets(bench), code: code.slice(0, -1) }))).toBe(
    401,
  );
  expect(await exchange(new URLSearchParams({ ...secrets(bench), code }))).toBe(200);
});

test("the wrong secret does not use up the code", async () => {
  const bench = await openSandbox();
  const code = await codeOf(bench);
  const wrong = { ...secrets(bench), client_secret: "guess", code };
  expect((await bench.call("POST", "/auth/eagle/token", wrong)).status).toBe(401);
  const right = { ...secrets(bench), code };
  expect((await bench.call("POST", "/auth/eagle/token", right)).status).toBe(200);
});

test("people are sent back to registered pages alone, to the first by default", async () => {
  const redirectUris = ["https://one.example.com/", "https://two.example.com/"];
  const bench = await openSandbox({ settings: { redirectUris } });
  const client_id = bench.sandbox.clientId;
  const location = async (query: Record<string, string>) =>
    (await authorize(bench, { client_id, ...query })).headers.get("Location") ?? "";
  expect(await location({})).toMatch(/^https:\/\/one\.example\.com\/\?code=/);
  expect(await location({ redirect_uri: "https://two.example.com/" })).toMatch(/^https:\/\/two/);
  const elsewhere = { client_id, redirect_uri: "https://three.example.com/" };
  expect((await authorize(bench, elsewhere)).status).toBe(400);
  expect((await authorize(bench, { client_id: "other" })).status).toBe(404);
});

test.each(["zz", "/callback", "http://[", "javascript:alert(1)"])(
  "nobody is sent to %s, which is no address of a page",
  async (redirect_uri) => {
    const bench = await openSandbox();
    const client_id = bench.sandbox.clientId;
    expect((await authorize(bench, { client_id, redirect_uri })).status).toBe(400);
  },
);
