import t from 'tap';
import { createKnownSources } from '../../../../agent/observe/sources/known-sources.ts';

t.test('asked for while they are tried, they are tried once more', async (t) => {
  const tries: PromiseWithResolvers<[]>[] = [];
  const known = createKnownSources({
    probe: () => {
      const one = Promise.withResolvers<[]>();
      tries.push(one);
      return one.promise;
    },
  });
  const looks = [known.look(), known.look(), known.look()];
  t.equal(tries.length, 1);
  tries[0]?.resolve([]);
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(tries.length, 2);
  tries[1]?.resolve([]);
  await Promise.all(looks);
  t.equal(tries.length, 2);
});

t.test('nothing is known of sources until they are tried, then which can be read', async (t) => {
  const statuses = [
    { name: 'logind', ok: true, why: null, advice: null },
    { name: 'audit', ok: false, why: 'no journal', advice: 'start one' },
  ];
  const known = createKnownSources({ probe: async () => statuses });
  t.same(known.current(), []);
  await known.look();
  t.same(known.current(), statuses);
});
