import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { createMemoryEvents } from '../../../../agent/observe/sources/memory-events.ts';
import { createKernel } from '../machine/cgroup/sample-cgroup.ts';

const unaborted = new AbortController().signal;
const about = { units: [], servers: [] };
const app = '/user.slice/user-7.slice/user@7.service/app.slice';
const scope = `${app}/tmux-spawn-1.scope`;

/** As the kernel writes it (memory.events of cgroup-v2). */
const events = (oomKill: number, max = 0, groupKill = 0): string =>
  `low 0\nhigh 0\nmax ${max}\noom ${oomKill}\noom_kill ${oomKill}\noom_group_kill ${groupKill}\n`;

const start = (t: Test) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-memory-'));
  t.teardown(() => rmSync(directory, { recursive: true }));
  const { kernel, process, group } = createKernel(directory);
  let [clock, pids] = [100_000, [41, 42]];
  process(41, app);
  process(42, scope);
  for (const path of [app, scope]) group(path, { 'memory.events': events(3) });
  const { source, look } = createMemoryEvents({ pids: () => pids, now: () => clock, kernel });
  return {
    ...{ source, look, group, process, directory },
    later: (seconds: number, ...left: number[]) => {
      clock += seconds * 1000;
      pids = left;
    },
    ask: (since = 0, until = Number.MAX_SAFE_INTEGER) =>
      source.ask({ since, until }, about, unaborted),
  };
};

t.test('a kill lies between two readings, in one group', async (t) => {
  const { source, ask, group, later } = start(t);
  t.same(await source.probe(unaborted), { ok: true });
  t.same(await ask(), [], 'what was counted before is nobody’s');
  later(5, 41);
  group(scope, { 'memory.events': events(5, 30, 1), 'memory.events.local': 'oom 1\n' });
  const fact = {
    ...{ kind: 'memory-events', source: 'cgroup', since: 100_000, at: 105_000, group: scope },
    ...{ pids: [42], kills: 2, groupKills: 1, limitHits: 30, isLimit: true },
    text: `the kernel killed 2 processes for want of memory in ${scope} within 5 s, and its own limit was reached 30 times`,
  };
  t.match(await ask(), [fact]);
  later(5, 41);
  t.match(await ask(), [fact], 'once');
  t.same(await ask(106_000), []);
  t.same(await ask(0, 99_000), []);
});

t.test('a limit above it, and none', async (t) => {
  const { look, ask, group, later } = start(t);
  await look();
  later(1, 41, 42);
  group(scope, { 'memory.events': events(4) });
  group('/user.slice', { 'memory.events.local': 'oom 1\n' });
  t.match(await ask(), [{ isLimit: true, limitHits: 0 }]);
  later(1, 41, 42);
  group(scope, { 'memory.events': events(5) });
  t.match(await ask(), [{}, { isLimit: false, kills: 1 }]);
});

t.test('groups that come and go', async (t) => {
  const { look, ask, group, process, later, directory } = start(t);
  await look();
  process(43, `${app}/new.scope`);
  group(`${app}/new.scope`, { 'memory.events': events(9) });
  rmSync(join(directory, 'cgroup', scope), { recursive: true });
  later(1, 41, 42, 43);
  t.same(await ask(), [], 'a new one begins with what it has');
  later(1, 41);
  await look();
  group(`${app}/new.scope`, { 'memory.events': events(10) });
  later(1, 41);
  t.same(await ask(), [], 'one that nobody is in any more is forgotten');
});

t.test('where nothing is counted it says so', async (t) => {
  const { source, directory, process, later } = start(t);
  rmSync(join(directory, 'cgroup'), { recursive: true });
  t.match(await source.probe(unaborted), { ok: false, why: /counts no kills/, advice: /v1/ });
  process(44, '/../../outside');
  later(1, 44);
  t.match(await source.probe(unaborted), { ok: false }, 'a path that leads out is not followed');
});
