import t from 'tap';
import { createKnownSources } from '../../../../agent/observe/sources/known-sources.ts';

t.test('nothing is known of sources until they are tried, then which can be read', async (t) => {
  const statuses = [
    { source: 'logind', availability: { ok: true } as const, tookMs: 1 },
    {
      source: 'audit',
      availability: { ok: false, why: 'no journal', advice: 'start one' } as const,
      tookMs: 1,
    },
  ];
  const known = createKnownSources({ probe: async () => statuses });
  t.same(known.current(), []);
  await known.look();
  t.same(known.current(), [
    { name: 'logind', ok: true, why: null, advice: null },
    { name: 'audit', ok: false, why: 'no journal', advice: 'start one' },
  ]);
});
