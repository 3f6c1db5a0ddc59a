import { apiVersion, type Sandbox } from "./openSandbox";

interface List<Item> {
  data: Item[];
  pages: { total_pages: number; next?: { starting_after: string } };
}

export interface Item {
  id: string;
}

/** One request and its answer as data: the lower bound of the work. */
export async function ask<Answer>(
  { url, token }: Pick<Sandbox, "url" | "token">,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await fetch(url + path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      Accept: "application/json",
      "Intercom-Version": apiVersion,
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`The sandbox refused ${method} ${path}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

export async function allContacts(sandbox: Sandbox): Promise<Item[]> {
  const items: Item[] = [];
  for (let after = ""; ; ) {
    const list = await ask<List<Item>>(sandbox, "GET", `/contacts?per_page=150${after}`);
    items.push(...list.data);
    const cursor = list.pages.next?.starting_after;
    if (cursor === undefined) return items;
    after = `&starting_after=${encodeURIComponent(cursor)}`;
  }
}

export async function allCompanies(sandbox: Sandbox, atOnce: number): Promise<Item[]> {
  const read = (page: number) =>
    ask<List<Item>>(sandbox, "POST", `/companies/list?per_page=60&page=${page}&order=desc`);
  const first = await read(1);
  const found = [first.data];
  let next = 2;
  const readOn = async () => {
    while (next <= first.pages.total_pages) {
      const page = next;
      next += 1;
      found[page - 1] = (await read(page)).data;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  return found.flat();
}
