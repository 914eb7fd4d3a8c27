import { policyOf } from './build-recovery.ts';
import type { RecoveryPolicy } from './config.ts';
import type { Rule } from './declarations.ts';
import { nearest } from './nearest.ts';
import type { Path } from './problem.ts';
import { formatDuration } from './quantities.ts';
import { quote } from './quote.ts';
import type { Finding } from './shape.ts';

const waitsForDeclared: Rule = ({ sessions }) => {
  const names = Object.keys(sessions);
  return Object.entries(sessions).flatMap(([name, { after = [] }]) =>
    after
      .filter((other) => !Object.hasOwn(sessions, other))
      .map((other) => {
        const near = nearest(other, names);
        return {
          path: ['sessions', name, 'after'],
          got: `${quote(other)}, which is not declared`,
          expected: 'names of declared sessions',
          ...(near === null ? {} : { hint: `did you mean ${near}?` }),
        };
      }),
  );
};

/** A way from `from` back to itself along `after`; null: there is none. */
const circleFrom = (
  from: string,
  after: (session: string) => readonly string[],
): string[] | null => {
  const seen = new Set<string>();
  const ways = after(from).map((next) => [from, next]);
  for (let way = ways.pop(); way; way = ways.pop()) {
    const last = way.at(-1) ?? from;
    if (last === from) return way;
    if (seen.has(last)) continue;
    seen.add(last);
    for (const next of after(last)) ways.push([...way, next]);
  }
  return null;
};

/** Each circle once, by the first of its sessions. */
const waitsForNoCircle: Rule = ({ sessions }) => {
  const after = (session: string) => sessions[session]?.after ?? [];
  const told = new Set<string>();
  return Object.keys(sessions).flatMap((name) => {
    const circle = told.has(name) ? null : circleFrom(name, after);
    if (circle === null) return [];
    for (const session of circle) told.add(session);
    return [
      {
        path: ['sessions', name, 'after'],
        got: circle.map(quote).join(' after '),
        expected: 'sessions that do not wait for each other',
      },
    ];
  });
};

const waitsAtMost = (policy: RecoveryPolicy, path: Path): Finding[] => {
  const { firstWaitMs, longestWaitMs } = policy;
  if (firstWaitMs <= longestWaitMs) return [];
  const expected = `at most longestWait, which is ${formatDuration(longestWaitMs)}`;
  return [{ path: [...path, 'firstWait'], got: formatDuration(firstWaitMs), expected }];
};

const firstWaitIsShortest: Rule = ({ main, sessions }) => {
  const forAll = waitsAtMost(policyOf(main.recovery), ['recovery']);
  // What is wrong for all is told once.
  if (forAll.length > 0) return forAll;
  return Object.entries(sessions).flatMap(([name, { recovery }]) =>
    waitsAtMost(policyOf(main.recovery, recovery), ['sessions', name, 'recovery']),
  );
};

export const recoveryRules: readonly Rule[] = [
  waitsForDeclared,
  waitsForNoCircle,
  firstWaitIsShortest,
];
