import { longestOf } from '../hours.ts';
import { formatSpan } from '../text/span-text.ts';
import { hoursOf } from './build-hours.ts';
import type { Declarations, Rule } from './declarations.ts';
import { quote } from './quote.ts';
import type { HealthEntry } from './schema/health.ts';
import { durationOf } from './written.ts';

type Looked = Pick<HealthEntry, 'failAfter' | 'outOf' | 'messages'>;

/** Of sessions and units, by where it is written. */
const healthsOf = ({ sessions, main }: Declarations): { path: string[]; health: Looked }[] =>
  Object.entries({ sessions, units: main.units }).flatMap(([kind, declared]) =>
    Object.entries(declared).flatMap(([name, { health }]) =>
      health ? [{ path: [kind, name, 'health'], health }] : [],
    ),
  );

const agreesAmongSoMany: Rule = (declarations) =>
  healthsOf(declarations)
    .filter(({ health: { failAfter, outOf } }) => failAfter > outOf)
    .map(({ path, health: { failAfter, outOf } }) => ({
      path: [...path, 'failAfter'],
      got: String(failAfter),
      expected: `at most outOf, which is ${outOf}`,
    }));

const looksForSomething: Rule = ({ sessions }) =>
  Object.entries(sessions).flatMap(([name, { health }]) => {
    const { screen } = health ?? {};
    if (!screen || screen.mustMatch !== undefined) return [];
    const lists = [screen.mustNotMatch, screen.degraded, screen.waiting];
    if (lists.some((list) => list.length > 0)) return [];
    return [
      {
        path: ['sessions', name, 'health', 'screen'],
        got: 'no pattern',
        expected: 'one of mustMatch, mustNotMatch, degraded, waiting',
      },
    ];
  });

/** One that can never fail says nothing. */
const isLookedAtSomeTime: Rule = (declarations) =>
  healthsOf(declarations).flatMap(({ path, health: { messages } }) => {
    const { within, hours } = messages ?? {};
    if (within === undefined || hours === undefined) return [];
    const longest = longestOf(hoursOf(hours));
    if (durationOf(within) < longest) return [];
    return [
      {
        path: [...path, 'messages', 'within'],
        got: quote(within),
        expected: `less than its hours last, which is ${formatSpan(longest)}`,
      },
    ];
  });

export const healthRules: readonly Rule[] = [
  agreesAmongSoMany,
  looksForSomething,
  isLookedAtSomeTime,
];
