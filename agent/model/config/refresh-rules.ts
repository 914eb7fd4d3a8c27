import type { Rule } from './declarations.ts';
import type { RefreshEntry } from './schema/refresh.ts';
import type { Finding } from './shape.ts';
import { durationOf } from './written.ts';

type Counted = Pick<RefreshEntry, 'timeout' | 'window'>;

/** A refresh that is still under way when the window is over would not be counted in it. */
const countsWhatItTried = (
  kind: 'sessions' | 'units',
  declared: Readonly<Record<string, { refresh?: Counted | undefined }>>,
): Finding[] =>
  Object.entries(declared).flatMap(([name, { refresh }]) => {
    if (!refresh || durationOf(refresh.timeout) < durationOf(refresh.window)) return [];
    return [
      {
        path: [kind, name, 'refresh', 'window'],
        got: refresh.window,
        expected: `more than timeout, which is ${refresh.timeout}`,
      },
    ];
  });

export const refreshRules: readonly Rule[] = [
  ({ sessions }) => countsWhatItTried('sessions', sessions),
  ({ main }) => countsWhatItTried('units', main.units),
];
