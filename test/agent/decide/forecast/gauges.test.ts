import t from 'tap';
import { gaugesOf } from '../../../../agent/decide/forecast/gauges.ts';
import { emptySamples, type LifeSample } from '../../../../agent/model/samples.ts';
import { born, bot, running } from '../../model/sample.ts';

const gigabyte = 2 ** 30;

const cgroup = {
  ...{ memoryBytes: 2 * gigabyte, anonBytes: gigabyte, memoryMaxBytes: 3 * gigabyte },
  ...{ tasks: 1, oomKills: 0, ownOoms: 0, unitOoms: 0 },
};

const samplesOf = (available: number, usage: Partial<LifeSample['usage']>) => {
  const samples = emptySamples();
  samples.host = { memoryAvailableBytes: available } as never;
  samples.lives.set(bot.life, {
    ...{ resyncs: 1, lastSeen: 0, lastActivityAt: 0, foreground: null, recent: [] },
    panes: new Map(),
    usage: { at: born, rssBytes: 2 * gigabyte, cpu: 0, processes: 1, ...usage },
  });
  return samples;
};

const memoryOf = (available: number, usage: Partial<LifeSample['usage']>) =>
  gaugesOf(running, samplesOf(available, usage)).find(({ session }) => session === 'bot');

t.test('memory of a session has its own limit, or what the machine has left', async (t) => {
  t.match(memoryOf(8 * gigabyte, { cgroup }), {
    ...{ what: 'memory', session: 'bot', life: bot.life, value: gigabyte, limit: 3 * gigabyte },
    ...{ limitOf: 'session', quietUntil: born + 1_800_000 },
  });
  const tight = memoryOf(gigabyte, { cgroup });
  t.match(
    tight,
    { limit: 2 * gigabyte, limitOf: 'machine' },
    'the machine has less than it may take',
  );
  const free = memoryOf(gigabyte, {});
  t.match(free, { value: 2 * gigabyte, limit: 3 * gigabyte, limitOf: 'machine' });
});

t.test('what was not measured is not there', async (t) => {
  t.same(gaugesOf(running, emptySamples()), []);
  const samples = samplesOf(gigabyte, {});
  samples.host = null;
  t.same(gaugesOf(running, samples), []);
});

t.test('resources of the machine', async (t) => {
  const samples = emptySamples();
  samples.resources = [{ what: 'disk', path: '/', at: born, value: 1, limit: 2 }];
  t.same(gaugesOf(running, samples), [
    {
      ...{ what: 'disk', session: null, server: null, life: null, path: '/' },
      ...{ at: born, value: 1, limit: 2, limitOf: 'machine', quietUntil: 0 },
    },
  ]);
});
