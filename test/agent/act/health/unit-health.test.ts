import t from 'tap';
import { createUnitHealth } from '../../../../agent/act/health/unit-health.ts';
import { botKey } from '../../../../agent/model/bot/bots.ts';
import type { Config } from '../../../../agent/model/config/config.ts';
import type { SessionHealth } from '../../../../agent/model/config/health.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { type BotSample, emptySamples } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { newLife } from '../../../../agent/observe/machine/keep-samples.ts';
import { after } from '../../model/sample.ts';
import { at, bot, ended, life, unit, unitUp } from '../../model/unit-sample.ts';
import { config as sampleConfig } from '../sample-hands.ts';

const health: SessionHealth = {
  ...{ intervalMs: 5000, graceMs: 10_000, failAfter: 1, outOf: 1, onFailure: 'restart' },
  waitingSeverity: 'warning',
  checks: { heartbeat: { withinMs: 30_000 } },
};

const asked: Config = { ...sampleConfig, units: { gateway: { unit, health } } };
const notAsked: Config = { ...sampleConfig, units: { gateway: { unit } } };

const scene = () => {
  let state: State = unitUp;
  let config = asked;
  let now = at + 1000;
  const samples = emptySamples();
  const sample = newLife(now);
  samples.units = new Map([[life, sample]]);
  let unasked: string | null = null;
  const probed: string[] = [];
  const look = createUnitHealth({
    ...{ state: () => state, config: () => config, samples },
    ...{ now: () => now, clockSetAt: () => 0, unasked: () => unasked },
    probe: ({ session }, { checks }) => probed.push(`${session} ${Object.keys(checks)}`),
  });
  return {
    sample,
    samples,
    probed,
    /** Why no link can be asked from now on. */
    link: (why: string | null) => {
      unasked = why;
    },
    /** What a look at that time tells, by from, to and check. */
    lookAt: (ms: number) => {
      now = at + ms;
      const events = look();
      state = after(state, ...events);
      t.strictSame(state.counts.rejected, {});
      return events.map(({ data }) => {
        const { from, to, check } = data as Extract<NewEvent, { type: 'health.changed' }>['data'];
        return [from, to, check];
      });
    },
    set: (next: Config) => {
      config = next;
    },
    record: (event: NewEvent) => {
      state = after(state, event);
    },
  };
};

t.test('a unit that is heard is well, and one that falls silent has failed', async (t) => {
  const { sample, lookAt } = scene();
  t.strictSame(lookAt(1000), [[null, 'starting', null]]);
  t.strictSame(lookAt(9000), [], 'it has time to start');
  sample.lastBeatAt = at + 12_000;
  t.strictSame(lookAt(13_000), [['starting', 'healthy', null]]);
  t.strictSame(lookAt(14_000), [], 'it is not looked at again yet');
  t.equal(sample.health?.lookedAt, at + 13_000);
  t.strictSame(lookAt(50_000), [['healthy', 'failed', 'heartbeat']]);
});

t.test('a unit whose bot hears no message any more has failed', async (t) => {
  const { samples, lookAt, set, record } = scene();
  const checks = { messages: { withinMs: 60_000, atLeast: 1, hours: null, bot: null } };
  set({ ...sampleConfig, units: { gateway: { unit, health: { ...health, checks } } } });
  record(bot);
  const received = (count: number) =>
    samples.bots.set(botKey(life, ''), {
      ...{ startedAt: at, in: { count, lastAt: null } },
    } as BotSample);
  received(7);
  t.strictSame(lookAt(1000), [[null, 'starting', null]]);
  t.strictSame(lookAt(12_000), [['starting', 'healthy', null]], 'nothing is expected yet');
  received(8);
  t.strictSame(lookAt(60_000), [], 'one came');
  t.strictSame(lookAt(100_000), []);
  t.strictSame(lookAt(130_000), [['healthy', 'failed', 'messages']]);
  set(asked);
  lookAt(135_000);
  t.equal(samples.units?.get(life)?.arrivals, undefined, 'nobody asks any more');
});

const http = { url: 'http://127.0.0.1:8080/health', status: 200, timeoutMs: 5000 };
const checksOf = (checks: SessionHealth['checks']): Config => ({
  ...sampleConfig,
  units: { gateway: { unit, health: { ...health, checks } } },
});

t.test('a link asks about it, and without one nothing is known, which is no failure', async (t) => {
  const { sample, lookAt, set, link, probed } = scene();
  set(checksOf({ http }));
  link('no link of deploy is connected');
  t.strictSame(lookAt(1000), [[null, 'starting', null]]);
  t.strictSame(lookAt(12_000), [['starting', 'unwatched', null]]);
  t.strictSame(lookAt(18_000), []);
  t.match(sample.health?.checks, [{ level: null, unasked: 'no link of deploy is connected' }]);
  t.strictSame(probed, []);
  link(null);
  t.strictSame(lookAt(24_000), [[null, 'starting', 'http']]);
  t.strictSame(probed, ['gateway http']);
  t.equal(sample.health?.checks[0]?.unasked, undefined);
  const answered = (status: 'ok' | 'failed', ms: number): void => {
    sample.probes = { http: { status, reason: 'as it is', at: at + ms } };
  };
  answered('ok', 25_000);
  t.strictSame(lookAt(30_000), [['starting', 'healthy', null]]);
  answered('failed', 31_000);
  t.strictSame(lookAt(36_000), [['healthy', 'failed', 'http']]);
  link('no link of deploy is connected');
  t.strictSame(lookAt(42_000), [], 'what was found holds until it is asked again');
  t.strictSame(lookAt(48_000), []);
});

t.test('what no link can be asked about keeps the rest from nothing', async (t) => {
  const { sample, lookAt, set, link } = scene();
  set(checksOf({ http, heartbeat: { withinMs: 30_000 } }));
  link('no link has connected yet');
  sample.lastBeatAt = at + 11_000;
  t.strictSame(lookAt(1000), [[null, 'starting', null]]);
  t.strictSame(lookAt(12_000), [['starting', 'healthy', null]]);
  t.strictSame(lookAt(60_000), [['healthy', 'failed', 'heartbeat']]);
});

t.test('nobody looks at one that systemd is stopping', async (t) => {
  const { sample, lookAt } = scene();
  lookAt(1000);
  sample.stopping = true;
  t.strictSame(lookAt(60_000), []);
  delete sample.stopping;
  t.strictSame(lookAt(60_000), [['starting', 'failed', 'heartbeat']]);
});

t.test('nobody looks at one that is not up, or of which nobody asks', async (t) => {
  const { lookAt, set, record, sample } = scene();
  lookAt(1000);
  set(notAsked);
  t.strictSame(lookAt(20_000), [['starting', 'unwatched', null]]);
  t.strictSame(lookAt(30_000), []);
  t.equal(sample.health, undefined);
  set(asked);
  record(ended());
  t.strictSame(lookAt(90_000), []);
});
