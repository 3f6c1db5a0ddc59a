import { sandboxHeader } from "../sandbox/index";

/** Whether an answer comes from a sandbox, by the sandbox's own header. */
export const isOfSandbox = ({ headers }: Response): boolean =>
  headers.get(sandboxHeader.name) === sandboxHeader.value;

/** Sends a request to a sandbox's control path, such as `webhooks`. Throws the sandbox's errors. */
export async function askSandbox<Answer>(
  url: string,
  path: string,
  init?: RequestInit,
): Promise<Answer> {
  const sent = { redirect: "manual", ...init } as const;
  const answer = await fetch(`${url}/_sandbox/${path}`, sent).catch(() => {
    throw new Error(`The sandbox at ${url} is gone.`);
  });
  if (!isOfSandbox(answer))
    throw new Error(`The sandbox at ${url} is gone: another server answers there.`);
  const body = (await answer.json()) as Answer & { error?: string };
  if (body.error) throw new Error(body.error);
  return body;
}
