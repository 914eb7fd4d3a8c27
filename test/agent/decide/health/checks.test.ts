import t from 'tap';
import type { Seen } from '../../../../agent/decide/health/check.ts';
import { checks } from '../../../../agent/decide/health/checks.ts';
import type { LifeSample } from '../../../../agent/model/samples.ts';

const now = 10_000_000;

const sampleOf = (changes: Partial<LifeSample> = {}): LifeSample => ({
  resyncs: 1,
  lastSeen: now,
  lastActivityAt: now - 1000,
  foreground: 'node bot.js',
  usage: { at: now, rssBytes: 2 ** 30, cpu: 0.5, processes: 1 },
  recent: [],
  panes: new Map(),
  ...changes,
});

const seenOf = (changes: Partial<LifeSample> = {}, more: Partial<Seen> = {}): Seen => ({
  now,
  lookedAt: now - 10_000,
  sample: sampleOf(changes),
  host: null,
  screenHas: null,
  ...more,
});

t.test('output: silence, and nothing where nobody looked', (t) => {
  const of = (changes: Partial<LifeSample>) => checks.output(seenOf(changes), { withinMs: 60_000 });
  t.match(of({}), { status: 'ok' });
  t.match(of({ lastActivityAt: now - 900_000 }), {
    status: 'failed',
    reason: 'nothing was printed for 15m',
  });
  t.equal(of({ lastActivityAt: null }), null);
  t.equal(of({ lastSeen: now - 60_000 }), null);
  t.end();
});

t.test('screen: a question explains everything else, then the gravest counts', (t) => {
  const settings = {
    lines: 24,
    mustMatch: 'prompt',
    mustNotMatch: ['expired'],
    degraded: ['slow'],
    waiting: ['proceed'],
  };
  const of = (...shown: string[]) =>
    checks.screen(seenOf({}, { screenHas: (pattern) => shown.includes(pattern) }), settings);
  t.match(of('prompt'), { status: 'ok' });
  t.match(of('prompt', 'slow'), { status: 'degraded', reason: 'its screen says /slow/' });
  t.match(of('prompt', 'slow', 'expired'), { status: 'failed', reason: /expired/ });
  t.match(of(), { status: 'failed', reason: 'its screen does not say /prompt/' });
  t.match(of('expired', 'proceed'), { status: 'waiting', reason: /asks: \/proceed/ });
  t.match(checks.screen(seenOf({}, { screenHas: () => false }), { ...settings, mustMatch: null }), {
    status: 'ok',
  });
  t.equal(checks.screen(seenOf(), settings), null);
  const stale = seenOf({ lastSeen: 0 }, { screenHas: () => true });
  t.equal(checks.screen(stale, settings), null);
  t.end();
});

t.test('probes: each answer counts once', (t) => {
  const answer = { status: 'failed', reason: 'no answer', at: now - 5000 } as const;
  const probes = { http: answer, tcp: answer, command: answer };
  for (const name of ['http', 'tcp', 'command'] as const) {
    const check = checks[name] as (seen: Seen, settings: unknown) => unknown;
    t.match(check(seenOf({ probes }), {}), { status: 'failed', reason: 'no answer' });
    t.equal(check(seenOf({ probes }, { lookedAt: now - 5000 }), {}), null);
    t.equal(check(seenOf(), {}), null);
  }
  t.end();
});

t.test('shell: an interactive one in the foreground, not one that runs something', (t) => {
  const of = (foreground: string | null) => checks.shell(seenOf({ foreground }), true)?.status;
  for (const shell of ['bash', '-bash', '/bin/zsh -i', 'sh', '/usr/bin/fish -l', 'bash --norc']) {
    t.equal(of(shell), 'failed', shell);
  }
  for (const program of ['sh -c node bot.js', 'bash run.sh', 'node bot.js', 'bashful', '']) {
    t.equal(of(program), 'ok', program);
  }
  t.equal(of(null), undefined);
  t.end();
});

t.test('memory and cpu: from a limit on, and nothing that was not measured', (t) => {
  const limits = { degraded: 2 ** 29, failed: 2 ** 31 };
  t.match(checks.memory(seenOf(), limits), {
    status: 'degraded',
    reason: '1.0G resident, at least 512M resident',
  });
  t.match(checks.memory(seenOf(), { degraded: null, failed: 2 ** 30 }), { status: 'failed' });
  t.match(checks.memory(seenOf(), { degraded: null, failed: null }), { status: 'ok' });
  t.match(checks.cpu(seenOf(), { degraded: 0.9, failed: null }), { status: 'ok' });
  t.match(checks.cpu(seenOf(), { degraded: 0.5, failed: null }), { status: 'degraded' });
  t.equal(checks.memory(seenOf({ usage: null }), limits), null);
  t.equal(checks.cpu(seenOf({ usage: null }), limits), null);
  t.end();
});

t.test('pressure: of the machine, where its kernel tells', (t) => {
  const host = {
    ...{ at: now, load: [0, 0, 0] as [number, number, number], memoryTotalBytes: 1 },
    ...{ memoryAvailableBytes: 1, cpuBusy: 0, processes: [] },
    pressure: { cpu: 1, memory: 30, io: 2 },
  };
  const settings = { of: 'memory' as const, degraded: 20, failed: null };
  t.match(checks.pressure(seenOf({}, { host }), settings), {
    status: 'degraded',
    reason: /30\.0 %/,
  });
  t.match(checks.pressure(seenOf({}, { host }), { ...settings, of: 'io' }), { status: 'ok' });
  t.equal(checks.pressure(seenOf({}, { host: { ...host, pressure: null } }), settings), null);
  t.equal(checks.pressure(seenOf(), settings), null);
  t.end();
});

t.test('heartbeat: silence, also from the beginning, is a failure', (t) => {
  const of = (lastBeatAt?: number) =>
    checks.heartbeat(seenOf(lastBeatAt === undefined ? {} : { lastBeatAt }), { withinMs: 60_000 });
  t.match(of(), { status: 'failed', reason: 'it has not said yet that it lives' });
  const early = (firstSeen: number) =>
    checks.heartbeat(seenOf({ firstSeen }), { withinMs: 60_000 });
  t.equal(early(now - 60_000), null, 'an agent that was started again has heard nothing yet');
  t.match(early(now - 60_001), { status: 'failed' });
  t.match(of(now - 61_000), { status: 'failed', reason: 'it last said 61s ago that it lives' });
  t.match(of(now), { status: 'ok' });
  const set = { clockSetAt: now - 1000 };
  for (const sample of [{ lastBeatAt: now - 3_600_000 }, {}]) {
    const found = checks.heartbeat(seenOf(sample, set), { withinMs: 60_000 });
    t.not(found?.status, 'failed', 'nobody was silent before the clock was set');
  }
  t.match(checks.output(seenOf({ lastActivityAt: now - 3_600_000 }, set), { withinMs: 60_000 }), {
    status: 'ok',
  });
  t.end();
});
