import type { Rule } from './declarations.ts';

const agreesAmongSoMany: Rule = ({ sessions }) =>
  Object.entries(sessions).flatMap(([name, { health }]) =>
    health && health.failAfter > health.outOf
      ? [
          {
            path: ['sessions', name, 'health', 'failAfter'],
            got: String(health.failAfter),
            expected: `at most outOf, which is ${health.outOf}`,
          },
        ]
      : [],
  );

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

export const healthRules: readonly Rule[] = [agreesAmongSoMany, looksForSomething];
