import { expect, test } from "vitest";
import type { Change } from "../../src/intercom/changeSearch";
import {
  beginAt,
  beginWalk,
  finish,
  lowerBound,
  remember,
  sift,
} from "../../src/triggers/pollState";

const mark = 1_700_000_000;
const many = 10_500;
const pageSize = 150;

/** Contacts that all changed after the mark, thirty a second, the last first. */
const changed = (count: number): Change[] =>
  Array.from({ length: count }, (_, index) => {
    const updatedAt = mark + Math.floor((count - index) / 30) + 1;
    const id = `${index}`;
    return { id, createdAt: 1, updatedAt, record: { id, created_at: 1, updated_at: updatedAt } };
  });

test("a poll of more pages than it can remember delivers each change once, and so does the next", () => {
  const state = beginAt(mark);
  const all = changed(many);
  const readAtSeconds = mark + 1000;
  let walk = beginWalk(state);
  const delivered: Change[] = [];
  for (let from = 0; from < many; from += pageSize) {
    const found = sift(all.slice(from, from + pageSize), readAtSeconds, state, walk);
    delivered.push(...found.created, ...found.updated);
    walk = found.walk;
    expect(Object.keys(walk.delivered).length).toBeLessThanOrEqual(10_000);
  }
  expect(delivered).toEqual(all);
  const { next } = finish(state, walk, { readAtSeconds, isWhole: true });
  expect(Object.keys(next.delivered).length).toBeLessThanOrEqual(5000);
  // The next poll reads what changed at its lower bound or later.
  const again = all.filter(({ updatedAt }) => updatedAt >= lowerBound(next));
  expect(again.length).toBeGreaterThan(4000);
  const { created, updated } = sift(again, readAtSeconds + 60, next, beginWalk(next));
  expect([created, updated]).toEqual([[], []]);
});

test("where pages may be missing, a poll that forgot records moves on, and one that did not stays", () => {
  const incomplete = { readAtSeconds: mark + 1000, isWhole: false };
  const state = beginAt(mark);
  const walkOf = (count: number) =>
    sift(changed(count), incomplete.readAtSeconds, state, beginWalk(state)).walk;
  expect(finish(state, walkOf(100), incomplete).next.mark).toBe(mark);
  expect(finish(state, walkOf(many), incomplete).next.mark).toBe(mark + 1000);
});

test("however much the initial sync delivers, polls still look at all the time since it began", () => {
  const state = beginAt(mark);
  const { walk } = sift(changed(6000), mark + 1000, state, beginWalk(state));
  const next = remember(state, walk);
  expect(Object.keys(next.delivered)).toHaveLength(5000);
  expect([lowerBound(next), next.lookedFrom, next.mark]).toEqual([mark, mark, mark]);
});
