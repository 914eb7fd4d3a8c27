import type { Rule } from './declarations.ts';
import { quote } from './quote.ts';
import { isOurs, serviceOf } from './unit-names.ts';

const isOfNoSession: Rule = ({ main, sessions }) =>
  Object.keys(main.units)
    .filter((name) => Object.hasOwn(sessions, name))
    .map((name) => ({
      path: ['units', name],
      got: `${quote(name)}, which is a session`,
      expected: 'a name that no session has',
    }));

const mayBeWatched: Rule = ({ main }) =>
  Object.entries(main.units).flatMap(([name, entry]) => {
    const service = serviceOf(name, entry.unit);
    if (!isOurs(service)) return [];
    return [
      {
        path: entry.unit === undefined ? ['units', name] : ['units', name, 'unit'],
        got: quote(service),
        expected: 'a unit of your own: neither Holdfast nor what the machine stands on',
      },
    ];
  });

const isDeclaredOnce: Rule = ({ main }) => {
  const names = new Map<string, string>();
  return Object.entries(main.units).flatMap(([name, entry]) => {
    const service = serviceOf(name, entry.unit);
    const first = names.get(service);
    names.set(service, first ?? name);
    if (first === undefined) return [];
    const got = `${service}, which ${quote(first)} is already`;
    return [{ path: ['units', name], got, expected: 'each unit once' }];
  });
};

export const unitRules: readonly Rule[] = [isOfNoSession, mayBeWatched, isDeclaredOnce];
