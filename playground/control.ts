import { sandboxHeader } from "../sandbox/index";

/** Whether a sandbox gave an answer: it says so by a header of its own. */
export const isOfSandbox = ({ headers }: Response): boolean =>
  headers.get(sandboxHeader.name) === sandboxHeader.value;

/** Asks what steers a sandbox, such as `webhooks`; an error that it gives is thrown. */
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
    throw new Error(`The sandbox at ${url} is gone: another answers there.`);
  const body = (await answer.json()) as Answer & { error?: string };
  if (body.error) throw new Error(body.error);
  return body;
}
