import t from 'tap';
import { askWords } from '../../../../agent/explain/asked/ask-words.ts';
import { maxNaming } from '../../../../agent/protocol/witness.ts';

t.test('a service goes by two names, all else by one', async (t) => {
  t.same(askWords(['web.service', 'system.slice']), ['web.service', 'web', 'system.slice']);
});

t.test('a login goes by its number, a user by his number and name', async (t) => {
  t.same(askWords(['session-c3.scope']), ['session-c3.scope', 'c3']);
  t.same(askWords(['user-7.slice', 'user@7.service'], { 7: 'ada' }), [
    ...['user-7.slice', 'user@7.service', 'user@7', '7', 'ada'],
  ]);
  t.same(askWords(['user-7.slice']), ['user-7.slice', '7'], 'a name that is not known');
});

t.test('never more than can be asked about', async (t) => {
  const units = Array.from({ length: 500 }, (_, i) => `unit-${i}.service`);
  t.ok(askWords(units).length <= maxNaming.words);
});
