import { tmuxName } from '../tmux-name.ts';
import type { Rule } from './declarations.ts';
import { nearest } from './nearest.ts';
import { parseSize } from './quantities.ts';
import { quote } from './quote.ts';

const runsOnAKnownServer: Rule = ({ sessions, servers, isBroken }) => {
  const managed = Object.keys(servers).filter((name) => servers[name]?.kind === 'managed');
  return Object.entries(sessions).flatMap(([name, { server }]) => {
    if (Object.hasOwn(servers, server) || isBroken(server)) return [];
    const near = nearest(server, managed);
    return [
      {
        path: ['sessions', name, 'server'],
        got: `${quote(server)}, which is not declared`,
        expected: `a managed server: ${managed.join(', ') || 'none is declared'}`,
        ...(near === null ? {} : { hint: `did you mean ${near}?` }),
      },
    ];
  });
};

const runsOnAManagedServer: Rule = ({ sessions, servers }) =>
  Object.entries(sessions)
    .filter(([, { server }]) => servers[server]?.kind === 'adopted')
    .map(([name, { server }]) => ({
      path: ['sessions', name, 'server'],
      got: `${quote(server)}, which is adopted`,
      expected: 'a managed server: Holdfast starts nothing on a server it only watches',
    }));

const keepsItsNameInTmux: Rule = ({ sessions }) => {
  const names = new Map<string, string>();
  return Object.entries(sessions).flatMap(([name, { server }]) => {
    const shown = tmuxName(name);
    const key = `${server}:${shown}`;
    const first = names.get(key);
    names.set(key, first ?? name);
    if (first === undefined) return [];
    return [
      {
        path: ['sessions', name],
        got: `a name that tmux shows as ${quote(shown)}, like that of ${quote(first)}`,
        expected: 'names that differ in more than . : and _',
      },
    ];
  });
};

const slowsDownBeforeItEnds: Rule = ({ sessions }) =>
  Object.entries(sessions).flatMap(([name, { limits }]) => {
    const { memoryHigh, memoryMax } = limits ?? {};
    if (memoryHigh === undefined || memoryMax === undefined) return [];
    if ((parseSize(memoryHigh) ?? 0) <= (parseSize(memoryMax) ?? 0)) return [];
    return [
      {
        path: ['sessions', name, 'limits', 'memoryHigh'],
        got: quote(memoryHigh),
        expected: `at most memoryMax, which is ${memoryMax}`,
      },
    ];
  });

export const sessionRules: readonly Rule[] = [
  runsOnAKnownServer,
  runsOnAManagedServer,
  keepsItsNameInTmux,
  slowsDownBeforeItEnds,
];
