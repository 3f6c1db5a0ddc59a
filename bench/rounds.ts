/** Returns the time in milliseconds. */
export type Measure = () => Promise<number>;

export const timed =
  (work: () => Promise<unknown>): Measure =>
  async () => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };

/**
 * Runs the contenders in turn, so that other work of the machine affects all of them. Each round starts
 * with another contender. A first round warms up and does not count.
 */
export async function inRounds<Name extends string>(
  rounds: number,
  contenders: Record<Name, Measure>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as never as Record<
    Name,
    number[]
  >;
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const ms = await contenders[name]();
      if (round > 0) times[name].push(ms);
    }
  }
  return times;
}

/** The value below which this part of the values lies, interpolated between two values. */
function quantile(values: number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place));
  return low + (high - low) * (place % 1);
}

export const median = (values: number[]): number => quantile(values, 0.5);

export interface Comparison {
  /** The median of the rounds' ratios. */
  ratio: number;
  /** Half of the rounds lie between these two. */
  middleHalf: [number, number];
}

export function compare(times: number[], others: number[]): Comparison {
  const ratios = times.map((time, round) => time / (others[round] ?? Number.NaN));
  return { ratio: median(ratios), middleHalf: [quantile(ratios, 0.25), quantile(ratios, 0.75)] };
}
