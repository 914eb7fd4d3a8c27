import t from 'tap';
import type { PastEnd } from '../../../../agent/explain/pattern/past-end.ts';
import type { TraitKind } from '../../../../agent/model/pattern.ts';
import { cleanup, day, endAt, hour, pastDeath, patternIn, start } from './sample-end.ts';

/** Chance that is the same at each run (mulberry32): from 0 to 1. */
const chanceFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
};

const historiesOfEachSize = 10_000;
const words = Array.from({ length: 24 }, (_, i) => String.fromCharCode(97 + i).repeat(3));

/** How amounts may be spread where nothing decides on them. */
const spreads: Record<string, (chance: () => number) => number> = {
  evenly: (chance) => chance(),
  'as waiting times': (chance) => -Math.log(1 - chance()) / 8,
  'over powers of ten': (chance) => 10 ** (-4 * chance()),
};

/** Ends that have nothing in common. */
const randomEnds = (size: number, chance: () => number, amount: () => number): PastEnd[] => {
  const word = (): string => words[Math.floor(chance() * words.length)] ?? '';
  return Array.from({ length: size }, () =>
    endAt(Math.round(start + chance() * 29 * day), {
      actor: cleanup({ cmdline: word() }),
      afterPackages: chance() < 1 / 24,
      death: pastDeath({
        ...{ ageMs: Math.round(amount() * 90 * hour), lastCommand: word(), memoryFree: chance() },
        historyLines: Math.round(amount() * 1700),
      }),
    }),
  ).sort((a, b) => a.at - b.at);
};

const allKinds: readonly TraitKind[] = [
  ...([
    'time-of-day',
    'interval',
    'age',
    'killer',
    'packages',
    'command',
    'output',
    'memory',
  ] as const),
];

/** The share of random histories of that size in which a trait was claimed, by its kind. */
const falseClaims = (size: number, spread: (chance: () => number) => number, seed: number) => {
  const chance = chanceFrom(seed);
  const counts = Object.fromEntries(allKinds.map((kind) => [kind, 0])) as Record<TraitKind, number>;
  for (let i = 0; i < historiesOfEachSize; i += 1) {
    const ends = randomEnds(size, chance, () => spread(chance));
    for (const { kind } of patternIn(ends)?.traits ?? []) counts[kind] += 1;
  }
  return counts;
};

for (const [name, spread] of Object.entries(spreads)) {
  t.test(`what is spread ${name} has no pattern`, async (t) => {
    for (let size = 3; size <= 10; size += 1) {
      const counts = falseClaims(size, spread, 20_260 + size);
      for (const kind of allKinds) {
        const share = counts[kind] / historiesOfEachSize;
        t.ok(share < 0.01, `${kind} of ${size}: claimed in ${(100 * share).toFixed(2)} % of them`);
      }
    }
  });
}

t.test('the same judge sees what is there', async (t) => {
  const chance = chanceFrom(7);
  for (let size = 3; size <= 10; size += 1) {
    const ends = Array.from({ length: size }, (_, i) =>
      endAt(start + i * 2 * day + Math.round((chance() - 0.5) * 8 * 60_000)),
    );
    t.match(patternIn(ends)?.traits, [{ kind: 'time-of-day' }], `${size} nights`);
  }
});
