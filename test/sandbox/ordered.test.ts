import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byId, Ordered } from "../../sandbox/store/ordered";

const rowOf = (n: number) => ({ id: String(n).padStart(7, "0") });
type Row = ReturnType<typeof rowOf>;

/** Rows in an order that has no pattern: each once. */
const shuffled = (many: number) =>
  Array.from({ length: many }, (_, n) => rowOf((n * 7919 + 13) % many));

describe("rows in order", () => {
  test("are those of a sorted array, however many come and go", () => {
    const some = fc.array(fc.tuple(fc.boolean(), fc.nat(2999)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.nat(2500), some, fc.nat(3100), fc.nat(200), (many, steps, from, length) => {
        const all = Array.from({ length: 3000 }, (_, n) => rowOf(n));
        const model = new Set(
          shuffled(3000)
            .slice(0, many)
            .map(({ id }) => all[Number(id)] as Row),
        );
        const ordered = new Ordered<Row>(byId, many % 2 ? model : []);
        if (many % 2 === 0) for (const row of model) ordered.insert(row);
        for (const [isComing, n] of steps) {
          const row = all[n] as Row;
          if (isComing === model.has(row)) continue;
          if (isComing) ordered.insert(row);
          else ordered.remove(row);
          if (isComing) model.add(row);
          else model.delete(row);
        }
        const sorted = [...model].sort(byId);
        const reversed = sorted.toReversed();
        expect([...ordered]).toEqual(sorted);
        expect([...ordered.descending()]).toEqual(reversed);
        expect(ordered.size).toBe(sorted.length);
        const to = from + length;
        expect(ordered.slice(from, to, "ascending")).toEqual(sorted.slice(from, to));
        expect(ordered.slice(from, to, "descending")).toEqual(reversed.slice(from, to));
        expect(ordered.at(from)).toBe(sorted[from]);
        const before = sorted.filter(({ id }) => id < rowOf(from).id);
        expect(ordered.countBefore(rowOf(from))).toBe(before.length);
      }),
      { numRuns: 60 },
    );
  });

  test("a row that is unknown is not removed", () => {
    const ordered = new Ordered<Row>(byId, [rowOf(1), rowOf(3)]);
    for (const row of [rowOf(1), rowOf(2), rowOf(9)]) ordered.remove(row);
    expect([...ordered]).toEqual([rowOf(1), rowOf(3)]);
  });

  test("a change moves few of many rows: in half the time of a sorted array at the most", () => {
    const rows = Array.from({ length: 400_000 }, (_, n) => rowOf(n));
    const ordered = new Ordered<Row>(byId, rows);
    const array = [...rows];
    const msOf = (change: (row: Row, at: number) => void) => {
      const startedAt = performance.now();
      for (let n = 0; n < 1000; n++) {
        const at = (n * 7919) % rows.length;
        change(rows[at] as Row, at);
      }
      return performance.now() - startedAt;
    };
    const ours = msOf((row) => {
      ordered.remove(row);
      ordered.insert(row);
    });
    // Without even looking for the place.
    const theirs = msOf((row, at) => {
      array.splice(at, 1);
      array.splice(at, 0, row);
    });
    expect(ours / theirs).toBeLessThan(0.5);
  });
});
