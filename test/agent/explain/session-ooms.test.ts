import t from 'tap';
import { countedLine, countedText } from '../../../agent/explain/session-ooms.ts';

t.test('whose limit it was is told by its name', async (t) => {
  const limitBytes = 64 * 1024 * 1024;
  t.equal(countedText({ whose: 'session', limitBytes }), 'over its memoryMax of 64MiB');
  t.equal(countedText({ whose: 'session', limitBytes: null }), 'over its memoryMax');
  t.match(countedText({ whose: 'unit', limitBytes }), /unit of its tmux server/);
  t.match(countedText({ whose: 'machine', limitBytes }), /memory to spare/);
  t.match(countedText({ whose: 'unknown', limitBytes }), /never measured/);
  const oom = { session: 'api', at: 7, kills: 2, whose: 'session', limitBytes } as const;
  const text = 'api: the kernel killed 2 of its processes over its memoryMax of 64MiB';
  t.same(countedLine(oom), { at: 7, source: 'cgroup', text });
});
