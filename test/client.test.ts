import { describe, expect, test } from "vitest";
import { createIntercom } from "../src/intercom/client";
import type { Answer } from "../src/intercom/wire/answer";
import { InvalidInputError } from "../src/intercom/wire/errors";
import { createPace } from "../src/intercom/wire/pace";
import { path } from "../src/intercom/wire/path";
import type { ApiVersion } from "../src/intercom/wire/versions";
import { holdClock, openWorkbench } from "./stage/workbench";

describe("a path", () => {
  test("keeps an id in its segment, whatever it holds", () => {
    expect(path`/contacts/${"../a?b#c%2e é"}/tags/${"7"}`).toBe(
      "/contacts/..%2Fa%3Fb%23c%252e%20%C3%A9/tags/7",
    );
    expect(path`/contacts/${"..."}`).toBe("/contacts/...");
  });

  test.each(["", " ", "\n", ".", "..", "\ud800"])("with the id %j is not made", (id) => {
    expect(() => path`/contacts/${id}`).toThrow(InvalidInputError);
    expect(() => path`/contacts/${"1"}/tags/${id}`).toThrow(
      "An ID must be one that Intercom gave or that you chose, not ",
    );
  });
});

/** Intercom's own paths at a place where other paths have an id (OpenAPI 2.11 to 2.16). */
const ownPaths = [
  ["articles", "search"],
  ["companies", "list"],
  ["companies", "scroll"],
  ["contacts", "find_by_external_id"],
  ["contacts", "merge"],
  ["contacts", "search"],
  ["conversations", "attributes"],
  ["conversations", "deleted"],
  ["conversations", "redact"],
  ["conversations", "search"],
  ["tickets", "enqueue"],
  ["tickets", "search"],
];

describe.each(ownPaths)("/%s/%s", (resource, word) => {
  const pathOf = (id: string, rest: string) =>
    path(Object.assign([`/${resource}/`, rest], { raw: [] }), id);

  test("can't be an id, alone or before a longer path", () => {
    for (const id of [word, `${word}.json`]) {
      for (const rest of ["", "/tags"]) {
        expect(() => pathOf(id, rest)).toThrow(
          `"${word}" can't be an ID, alone or before a dot, because it is one of Intercom's own paths: give the ID that Intercom gave.`,
        );
      }
    }
    expect(pathOf(`${word}s`, "")).toBe(`/${resource}/${word}s`);
    expect(path`/tags/${word}`).toBe(`/tags/${word}`);
  });
});

test.each(["getContact", "updateContact", "deleteContact", "archiveContact", "attachTag"])(
  "%s sends nothing to one of Intercom's own paths",
  async (key) => {
    const { refusal, sandbox } = await openWorkbench();
    const error = await refusal(key, { id: "search", tagId: "1", email: "a@b.c", role: "user" });
    expect(error.message).toMatch(
      /^"search" can't be an ID, alone or before a dot, because it is one of Intercom's own paths/,
    );
    expect(sandbox.requests).toEqual([]);
  },
);

describe("an operation that needs a newer version of the API", () => {
  test.each<[ApiVersion, ApiVersion | undefined, ApiVersion]>([
    ["2.11", "2.12", "2.12"],
    ["2.12", "2.12", "2.12"],
    ["2.14", "2.12", "2.14"],
    ["2.16", "2.12", "2.16"],
    ["2.15", "2.16", "2.16"],
    ["2.13", undefined, "2.13"],
  ])(
    "on a connection with %s, available since %s, is sent with %s",
    async (apiVersion, since, used) => {
      const { log, sandbox } = await openWorkbench();
      const keep = (message: string) => void log.push(message);
      const { http } = createIntercom({
        baseUrl: sandbox.url,
        token: sandbox.token,
        apiVersion,
        log: { debug: () => undefined, info: keep, warn: keep },
      });
      await http.send({
        purpose: "list the tags",
        permission: "Read tags",
        method: "GET",
        path: path`/tags`,
        listedAs: "data",
        since,
      });
      expect(sandbox.requests).toMatchObject([{ apiVersion: used, status: 200 }]);
      expect(log).toEqual(
        used === apiVersion
          ? []
          : [
              `We send this request with API version ${used}, because ${apiVersion} can't list the tags.`,
            ],
      );
    },
  );
});

describe("the pace", () => {
  const start = "2026-11-23T12:00:00.000Z";
  const resetSeconds = Date.parse(start) / 1000 + 10;

  /** What Intercom answers now; its `Date` has whole seconds. */
  const answer = (remaining: number, endsAtSeconds = resetSeconds): Answer => ({
    kind: "done",
    status: 200,
    headers: {
      date: new Date().toUTCString(),
      "x-ratelimit-limit": "100",
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-reset": String(endsAtSeconds),
    },
    data: {},
  });

  function openPace() {
    const moveOn = holdClock(start);
    const pauses: number[] = [];
    const inTurn = createPace(async (ms) => {
      pauses.push(ms);
      moveOn(ms / 1000);
    });
    return { inTurn, moveOn, pauses };
  }

  test("an overtaken answer does not open the window again", async () => {
    const { inTurn, pauses } = openPace();
    let comeLate = (_: Answer) => {};
    const late = inTurn(() => new Promise<Answer>((resolve) => (comeLate = resolve)));
    await inTurn(async () => answer(2));
    comeLate(answer(50));
    await late;
    await inTurn(async () => answer(99));
    expect(pauses).toEqual([10_000]);
  });

  test("the end of a window stays where its first answer put it", async () => {
    const { inTurn, moveOn, pauses } = openPace();
    await inTurn(async () => answer(50));
    moveOn(4.9);
    await inTurn(async () => answer(2));
    await inTurn(async () => answer(99));
    expect(pauses).toEqual([5100]);
  });

  test("a fiftieth of the window stays free for other programs", async () => {
    const { inTurn, pauses } = openPace();
    await inTurn(async () => answer(3));
    await inTurn(async () => answer(2));
    expect(pauses).toEqual([]);
    await inTurn(async () => answer(99));
    expect(pauses).toHaveLength(1);
  });

  test("a request without its answer counts as used", async () => {
    const { inTurn, pauses } = openPace();
    await inTurn(async () => answer(5));
    const underWay = [1, 2, 3].map(() => inTurn(async () => answer(2)));
    expect(pauses).toEqual([]);
    const fourth = inTurn(async () => answer(99));
    expect(pauses).toHaveLength(1);
    await Promise.all([...underWay, fourth]);
  });

  test("we also wait for a window that is used up before the last one seemed over", async () => {
    const { inTurn, moveOn, pauses } = openPace();
    moveOn(9.5);
    // `Date` has whole seconds, so this window seems to end half a second late.
    await inTurn(async () => answer(9));
    moveOn(0.7);
    await inTurn(async () => answer(0, resetSeconds + 10));
    moveOn(0.4);
    await inTurn(async () => answer(0, resetSeconds + 10));
    expect(pauses).toHaveLength(1);
  });

  test("a new window begins with what its first answer says", async () => {
    const { inTurn, moveOn, pauses } = openPace();
    await inTurn(async () => answer(2));
    moveOn(10);
    await inTurn(async () => answer(99));
    await inTurn(async () => answer(98));
    expect(pauses).toEqual([]);
  });
});
