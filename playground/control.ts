/** Asks what steers a sandbox, such as `webhooks`; an error that it gives is thrown. */
export async function askSandbox<Answer>(
  url: string,
  path: string,
  init?: RequestInit,
): Promise<Answer> {
  const answer = await fetch(`${url}/_sandbox/${path}`, init).catch(() => {
    throw new Error(`The sandbox at ${url} is gone.`);
  });
  const body = (await answer.json()) as Answer & { error?: string };
  if (body.error) throw new Error(body.error);
  return body;
}
