import t from 'tap';
import { createLanes } from '../../../../agent/act/health/lanes.ts';
import { createProbing } from '../../../../agent/act/health/probing.ts';
import type { Finding } from '../../../../agent/model/health.ts';
import { homeOfUnit } from '../../../../agent/model/homes.ts';
import { emptySamples } from '../../../../agent/model/samples.ts';
import type { Life } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { newLife } from '../../../../agent/observe/machine/keep-samples.ts';
import type { Probe } from '../../../../agent/protocol/link.ts';
import { birth, born } from '../../model/sample.ts';
import { life as unitLife, unitUp } from '../../model/unit-sample.ts';

const lifeOf = (n: number, server = 'main'): Life => ({
  ...birth(`bot${n}`, n, { server }),
  supervisedSince: born,
});

const tcp = { host: '127.0.0.1', port: 1, timeoutMs: 1 };
const http = { url: 'http://127.0.0.1/', status: 200, timeoutMs: 1 };
const command = { run: 'true', cwd: null, timeoutMs: 1 };
const asking = (checks: object) => ({
  ...{ intervalMs: 1, graceMs: 0, failAfter: 1, outOf: 1, onFailure: 'notify' as const },
  waitingSeverity: 'warning' as const,
  checks,
});

const probing = () => {
  const samples = emptySamples();
  const asked: { server: string; probe: Probe; answer: PromiseWithResolvers<Finding> }[] = [];
  const probe = createProbing({
    ...{ samples, now: () => 7, lanes: createLanes() },
    ask: (server, wanted) => {
      const answer = Promise.withResolvers<Finding>();
      asked.push({ server, probe: wanted, answer });
      return answer.promise;
    },
  });
  return {
    ...{ asked, samples },
    probe: (life: Life, checks: object): void => {
      samples.lives.set(life.life, {
        ...{ resyncs: 1, lastSeen: 0, lastActivityAt: null, foreground: null, usage: null },
        ...{ recent: [], panes: new Map(), ...samples.lives.get(life.life) },
      });
      probe(life, asking(checks));
    },
  };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

t.test('of a session one thing at a time, and nothing again before it is done', async (t) => {
  const { asked, probe, samples } = probing();
  const life = lifeOf(1);
  probe(life, { http, tcp, command });
  probe(life, { http, tcp, command });
  t.strictSame(
    asked.map(({ probe }) => probe.kind),
    ['http'],
  );
  asked[0]?.answer.resolve({ status: 'ok', reason: 'HTTP 200' });
  await turn();
  asked[1]?.answer.reject(new Error('no link'));
  await turn();
  asked[2]?.answer.resolve({ status: 'degraded', reason: 'slow' });
  await turn();
  t.strictSame(samples.lives.get(life.life)?.probes, {
    http: { status: 'ok', reason: 'HTTP 200', at: 7 },
    command: { status: 'degraded', reason: 'slow', at: 7 },
  });
  probe(life, { tcp });
  t.equal(asked.length, 4);
});

t.test('of a unit it is asked as of a session', async (t) => {
  const { asked, samples } = probing();
  samples.units = new Map([[unitLife, newLife(0)]]);
  const lanes = createLanes();
  const probe = createProbing({
    ...{ samples, now: () => 7, lanes },
    ask: async (server) => ({ status: 'ok', reason: server }),
  });
  const [unit] = Object.values(unitUp.units ?? {});
  const home = unit && homeOfUnit(unit);
  if (!home) throw new Error('it is not up');
  probe(home, asking({ http }));
  await turn();
  t.strictSame(samples.units.get(unitLife)?.probes, {
    http: { status: 'ok', reason: unitsServer, at: 7 },
  });
  t.strictSame(asked, []);
});

t.test('of a server a few; one that hangs keeps no other server waiting', async (t) => {
  const { asked, probe } = probing();
  for (let n = 1; n <= 6; n += 1) probe(lifeOf(n), { tcp });
  probe(lifeOf(7, 'other'), { tcp });
  t.strictSame(
    asked.map(({ server }) => server),
    ['main', 'main', 'main', 'main', 'other'],
  );
  asked[0]?.answer.resolve({ status: 'ok', reason: '' });
  await turn();
  t.equal(asked.length, 6);
});

t.test(
  'a session that went meanwhile gets no answer; one without probes is not asked',
  async (t) => {
    const { asked, probe, samples } = probing();
    const life = lifeOf(1);
    probe(life, {});
    t.equal(asked.length, 0);
    probe(life, { tcp });
    samples.lives.clear();
    asked[0]?.answer.resolve({ status: 'ok', reason: '' });
    await turn();
    t.equal(samples.lives.size, 0);
  },
);
