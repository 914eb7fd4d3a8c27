import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { maxEventBytes, type NewEvent } from '../../../../agent/model/event.ts';
import type { HostSample } from '../../../../agent/model/events/measures.ts';
import { mostRecent } from '../../../../agent/model/recent.ts';
import { emptySamples, type LifeSample, type Samples } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { maxPanes } from '../../../../agent/observe/life/birth.ts';
import { endLives } from '../../../../agent/observe/life/end-lives.ts';
import {
  after,
  birth,
  born,
  bot,
  lifeOf,
  numbered,
  pane,
  running,
  started,
  work,
} from '../../model/sample.ts';
import { intended, opened } from '../../model/sample-events.ts';
import { exit, now, row, world } from '../sample-world.ts';

const alive = { rows: [], exits: [], serverState: 'alive' } as const;
const lives = [lifeOf(running, bot), lifeOf(running, work)];

const host: HostSample = {
  ...{ at: born, load: [1, 2, 3], memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5 },
  ...{ pressure: null, processes: [{ pid: 1, command: 'init', rssBytes: 1, cpu: 0 }] },
};

const machine = {
  ...{ memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5, pressure: null },
};

const life = (changes: Partial<LifeSample> = {}): LifeSample => ({
  ...{ resyncs: 9, lastSeen: now - 800, lastActivityAt: now - 900, foreground: 'vim secret' },
  usage: { at: now - 1000, rssBytes: 4096, cpu: 0.5, processes: 2 },
  recent: [],
  panes: new Map([
    [
      '%1',
      {
        command: 'node --token=secret',
        historyLines: 77,
        screen: { text: 'a\nb secret', shown: 2, takenAt: now - 400 },
      },
    ],
  ]),
  ...changes,
});

const sampled = (sample = life()): Samples => ({
  ...{ host, recent: [], servers: new Map(), series: new Map(), bots: new Map() },
  lives: new Map([[bot.life, sample]]),
});

const records = (events: readonly NewEvent[]) =>
  events.flatMap(({ type, data }) => (type === 'session.died' ? [data] : []));

t.test('a death has all that was known before it', async (t) => {
  const seen = { ...alive, exits: [exit('$1', 1, { shell: false, status: 3 })] };
  const use = { rssBytes: 4096, cpu: 0.5 };
  const usageBefore = [now - 60_000, now - 1000].map((at) => ({ at, ...use }));
  const recent = [{ at: now - 60_001, ...use }, ...usageBefore, { at: now + 1, ...use }];
  const samples = sampled(life({ recent }));
  samples.recent = [now - 61_000, now - 5000].map((at) => ({ at, ...machine }));
  const { events, screens, incident } = endLives(
    running,
    'main',
    lives.slice(0, 1),
    seen,
    world({ samples }),
  );
  t.equal(incident, '1');
  t.match(events, [
    { type: 'incident.opened', data: { machineBefore: [{ at: now - 5000, ...machine }] } },
    { type: 'session.died' },
    { type: 'supervision.ended', data: { reason: 'died', supervisedMs: 60_000 } },
  ]);
  t.strictSame(screens, ['a\nb ***']);
  const blob = createHash('sha256').update('a\nb ***').digest('hex');
  t.strictSame(records(events), [
    {
      ...{ life: bot.life, session: 'bot', server: 'main', instance: bot.instance, tmuxId: '$1' },
      ...{ tmuxName: 'bot', declared: true, incident: '1', lastSeen: now - 800, found: now },
      ...{ ageMs: 60_000, supervisedMs: 60_000, resyncs: 9, watched: 'live', alive: 1, others: [] },
      panes: [
        {
          ...{ ...pane(1), command: 'node --token=***', historyLines: 77 },
          exit: { status: 3, signal: null },
        },
      ].map(({ shell: _, ...known }) => known),
      exit: { status: 3, signal: null, at: now },
      lastCommand: { text: 'vim ***', source: 'foreground' },
      screens: [{ pane: '%1', blob, lines: 2, bytes: 7, takenAt: now - 400, tail: 'a\nb ***' }],
      ...{ usage: life().usage, usageBefore, host, serverState: 'alive', trimmed: [] },
    },
  ]);
});

t.test('a death of which little is known says so', async (t) => {
  const { events } = endLives(
    running,
    'main',
    lives.slice(0, 1),
    { ...alive, serverState: 'absent' },
    world(),
  );
  t.match(records(events), [
    {
      ...{ watched: 'agent-down', resyncs: 0, lastSeen: born, exit: null, screens: [], host: null },
      ...{ usage: null, serverState: 'unknown', lastCommand: { text: '', source: 'not known' } },
      panes: [{ id: '%1', command: '', exit: null, historyLines: 0 }],
    },
  ]);
});

t.test('whether anybody was looking', async (t) => {
  const watched = (linkSince: number, sample?: LifeSample) => {
    const samples = sample ? sampled(sample) : emptySamples();
    return records(
      endLives(running, 'main', lives.slice(0, 1), alive, world({ samples, linkSince })).events,
    )[0]?.watched;
  };
  t.equal(watched(born, life()), 'live');
  t.equal(watched(now - 100, life()), 'link-down', 'last seen before the link came');
  t.equal(watched(born), 'agent-down', 'not seen since the agent started');
});

t.test('an interval is never negative, whatever the clock does', async (t) => {
  const samples = sampled(life({ lastSeen: now + 5000 }));
  const { events } = endLives(
    running,
    'main',
    lives.slice(0, 1),
    alive,
    world({ samples, now: born - 1 }),
  );
  t.match(records(events), [{ lastSeen: born - 1, found: born - 1, ageMs: 0, supervisedMs: 0 }]);
});

t.test('meant ends and deaths of one moment are told apart', async (t) => {
  const state = after(running, intended('i1'));
  const { events, incident } = endLives(
    state,
    'main',
    [lifeOf(state, bot), lifeOf(state, work)],
    alive,
    world({ now: born }),
  );
  t.equal(incident, '1');
  t.match(events, [
    { type: 'incident.opened', data: { sessions: ['work'] } },
    { type: 'session.ended', data: { session: 'bot', reason: 'intended', intent: 'i1', ageMs: 0 } },
    { type: 'supervision.ended', data: { session: 'bot', reason: 'ended' } },
    { type: 'session.died', data: { session: 'work', alive: 0 } },
    { type: 'supervision.ended', data: { session: 'work', reason: 'died' } },
  ]);
  t.strictSame(after(state, ...events).counts.rejected, {});
});

t.test('nobody dead, no incident', async (t) => {
  t.strictSame(endLives(running, 'main', [], alive, world()), {
    events: [],
    screens: [],
    incident: null,
  });
  const seen = { ...alive, rows: [row('$2', 1)] };
  t.equal(endLives(running, 'main', lives.slice(0, 1), seen, world()).incident, null);
});

t.test('each death names the others of its incident', async (t) => {
  const state = after(running, { ...opened('1', ['first']), at: now });
  const { events } = endLives(state, 'main', lives, alive, world());
  t.match(
    records(events).map(({ session, others, incident }) => [session, others, incident]),
    [
      ['bot', ['first', 'work'], '1'],
      ['work', ['first', 'bot'], '1'],
    ],
  );
});

/** Texts that take the most room: of 3, 4 and 6 bytes a unit of UTF-16. */
const awkward = ['会', '\u{1f4e6}', '\u0001', '"', 'x'] as const;
const texts = (length: number) => fc.constantFrom(...awkward).map((one) => one.repeat(length));
const sized = fc.record({
  ...{
    name: texts(200),
    command: texts(4096),
    screen: texts(2000),
    panes: fc.integer({ min: 1, max: maxPanes }),
  },
  ...{ count: fc.integer({ min: 1, max: 40 }), processes: fc.nat(20) },
});

const crowd = (names: readonly string[], panes: number): State =>
  after(
    running,
    ...names.map((name, i) =>
      started(
        birth(name, 10 + i, {
          panes: Array.from({ length: panes }, (_, n) => pane(n)),
          command: '',
        }),
      ),
    ),
  );

t.test('however much is known of the dead, each event fits, and says what was cut', async () => {
  fc.assert(
    fc.property(sized, ({ name, command, screen, panes, count, processes }) => {
      const state = crowd(
        Array.from({ length: count }, () => name),
        panes,
      );
      const kept = {
        command,
        historyLines: 2 ** 40,
        screen: { text: `${screen}\n${screen}`, shown: 2, takenAt: now },
      };
      const measuredAt = Array.from(
        { length: mostRecent },
        (_, n) => now - 500 - 4000 * n,
      ).reverse();
      const recent = measuredAt.map((at) => ({
        ...{ at, memoryTotalBytes: 2 ** 45, memoryAvailableBytes: 2 ** 45 - 1, cpuBusy: 0.123 },
        pressure: { cpu: 12.34, memory: 12.34, io: 12.34 },
      }));
      const sample = life({
        recent: measuredAt.map((at) => ({ at, rssBytes: 2 ** 45, cpu: 0.123 })),
        foreground: command,
        panes: new Map(Array.from({ length: panes }, (_, n) => [`%${n}`, kept])),
      });
      const samples: Samples = {
        recent,
        series: new Map(),
        bots: new Map(),
        host: {
          ...host,
          processes: Array.from({ length: processes }, (_, n) => ({
            pid: n,
            command: command.slice(0, 60),
            rssBytes: 2 ** 45,
            cpu: 0.123,
          })),
        },
        lives: new Map(Object.keys(state.lives).map((id) => [id, sample])),
        servers: new Map(),
      };
      const { events } = endLives(
        state,
        'main',
        Object.values(state.lives),
        alive,
        world({ samples }),
      );
      for (const event of numbered(events, 2 ** 50)) {
        const bytes = Buffer.byteLength(JSON.stringify(event));
        assert.ok(bytes <= maxEventBytes, `${event.type} has ${bytes} bytes`);
      }
      for (const { trimmed, host: kept, others } of records(events)) {
        assert.ok(kept !== null || trimmed.includes('host'));
        assert.ok(others.length > 0 || count === 0 || trimmed.includes('others'));
      }
      assert.deepEqual(after(state, ...events).counts.rejected, {});
    }),
    { numRuns: 60 },
  );
});

t.test('five hundred sessions with long names die at once', async (t) => {
  const names = Array.from({ length: 500 }, (_, i) => `${i}${'会'.repeat(197)}`);
  const state = crowd(names, 1);
  const { events, incident } = endLives(state, 'main', Object.values(state.lives), alive, world());
  t.equal(incident, '1');
  t.equal(records(events).length, 502);
  t.ok(records(events).every((record) => record.incident === '1' && record.alive === 0));
  const sizes = numbered(events).map((event) => Buffer.byteLength(JSON.stringify(event)));
  t.ok(Math.max(...sizes) <= maxEventBytes, `the largest has ${Math.max(...sizes)} bytes`);
  const end = after(state, ...events);
  t.strictSame(end.counts.rejected, {});
  t.equal(end.incidents['1']?.lives.length, 502);
});
