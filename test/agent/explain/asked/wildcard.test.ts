import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { matchesWildcard } from '../../../../agent/explain/asked/wildcard.ts';

t.test('what a pattern stands for', async (t) => {
  for (const [pattern, name] of [
    ...[['', ''] as const, ['*', ''] as const, ['a', 'a'] as const, ['?', 'a'] as const],
    ...[['a*c', 'abcabc'] as const, ['*b*', 'abc'] as const, ['a**', 'a'] as const],
    ['web@?.serv*', 'web@1.service'] as const,
  ]) {
    t.ok(matchesWildcard(pattern, name), `${pattern} ${name}`);
  }
  for (const [pattern, name] of [
    ...[['', 'a'] as const, ['a', ''] as const, ['?', ''] as const, ['a?', 'a'] as const],
    ...[['a*b', 'abc'] as const, ['*a', 'ab'] as const, ['.*', 'ab'] as const],
    ...[['[ab]', 'a'] as const, ['(', '.'] as const, ['A', 'a'] as const],
  ]) {
    t.notOk(matchesWildcard(pattern, name), `${pattern} ${name}`);
  }
});

/** By the definition; takes for ever on longer texts. */
const matches = (pattern: string, name: string): boolean => {
  if (pattern === '') return name === '';
  const isOne = pattern[0] === '?' || pattern[0] === name[0];
  if (pattern[0] !== '*') return name !== '' && isOne && matches(pattern.slice(1), name.slice(1));
  return matches(pattern.slice(1), name) || (name !== '' && matches(pattern, name.slice(1)));
};

t.test('it is what the definition says', async (t) => {
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, name, (one, other) => {
      assert.equal(matchesWildcard(one, other), matches(one, other));
    }),
    { numRuns: 2000 },
  );
  t.pass();
});

t.test('many stars come to an end', async (t) => {
  // Would run into the time limit of the test if all ways to share out the name were tried.
  const name = `${'a'.repeat(250)}.service`;
  t.ok(matchesWildcard('*'.repeat(180), name));
  t.notOk(matchesWildcard(`${'*'.repeat(180)}x`, name));
  t.ok(matchesWildcard(`${'*a'.repeat(90)}*`, name));
  t.notOk(matchesWildcard(`${'*a'.repeat(90)}*x`, name));
});
