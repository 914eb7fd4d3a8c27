import t from 'tap';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { HostSample } from '../../../../agent/model/events/measures.ts';
import type { UnitNext } from '../../../../agent/model/events/unit.ts';
import { jsonBytes } from '../../../../agent/model/json-size.ts';
import type { State } from '../../../../agent/model/state.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { openDeath, type SeenUnit } from '../../../../agent/observe/units/unit-death.ts';
import { after } from '../../model/sample.ts';
import { at, life, unitUp } from '../../model/unit-sample.ts';

const host: HostSample = {
  ...{ at, load: [0, 0, 0], memoryTotalBytes: 100, memoryAvailableBytes: 60, cpuBusy: 0 },
  ...{ pressure: null, processes: [{ pid: 1, command: 'init', rssBytes: 1, cpu: 0 }] },
};
const { load: _, processes: __, ...point } = host;
const seen: SeenUnit = {
  main: { pid: 812, startTime: 77 },
  ...{ usage: null, host, recent: [point] },
};
const gateway = { ...unitUp.units?.['gateway'], life } as Parameters<typeof openDeath>[1];

const open = (
  state: State,
  when = at,
  known = gateway,
  what: Partial<SeenUnit> = {},
  next: UnitNext = 'restarting',
) => {
  const about = { at: when, next, watched: 'live' } as const;
  return openDeath(state, known, { ...seen, ...what }, { exitedAt: null }, about);
};

t.test('a death opens an incident, with the machine of the minute before', async (t) => {
  const found = open(unitUp);
  t.match(found?.opening, [
    {
      type: 'incident.opened',
      data: { incident: '1', server: unitsServer, lives: [life], machineBefore: [{ at }] },
    },
  ]);
  t.match(found?.death, { incident: '1', main: { pid: 812, startTime: 77 }, others: [] });
  t.strictSame(found?.death.host?.processes, [], 'what else ran is not kept');
});

t.test('what dies together is one incident, and has its trace', async (t) => {
  const opened = after(unitUp, ...(open(unitUp)?.opening ?? []));
  const voice = { ...gateway, session: 'voice', life: 'unit:voice' };
  const second = open(opened, at + 1, voice);
  t.match(second?.opening, [
    { type: 'incident.grew', trace: opened.incidents['1']?.trace, data: { sessions: ['voice'] } },
  ]);
  t.strictSame(second?.death.others, ['gateway']);
});

t.test('its main process is the one in the log where none was seen', async (t) => {
  const known = { ...gateway, pid: 900, startTime: 5 };
  t.match(open(unitUp, at, known, { main: null })?.death.main, { pid: 900, startTime: 5 });
  const { startTime: ___, ...older } = known;
  t.match(open(unitUp, at, older, { main: null })?.death.main, { pid: 900, startTime: 0 });
  t.equal(open(unitUp, at, { ...known, pid: null }, { main: null })?.death.main, null);
  t.equal(open(unitUp, at, known, { host: null })?.death.host, null);
});

t.test('another run of one that died just now has an incident of its own', async (t) => {
  const opened = after(unitUp, ...(open(unitUp)?.opening ?? []));
  const nextRun = { ...gateway, life: 'unit:next' };
  const second = open(opened, at + 100, nextRun);
  t.match(second?.opening, [
    { type: 'incident.opened', data: { incident: '2', lives: ['unit:next'] } },
  ]);
  t.match(second?.death, { incident: '2', others: [] });
});

t.test('of many that die together it names as many as fit in the event', async (t) => {
  const names = Array.from({ length: 80 }, (_, i) => `${i}-`.padEnd(100, '\u00e9'));
  let state = unitUp;
  for (const session of names) {
    state = after(
      state,
      ...(open(state, at, { ...gateway, session, life: `unit:${session}` })?.opening ?? []),
    );
  }
  const death = open(state)?.death;
  const others = death?.others ?? [];
  t.strictSame(others, names.slice(0, others.length));
  t.ok(others.length >= 5 && jsonBytes(death) < 4000);
  t.equal(state.incidents['1']?.sessions.length, 80, 'the incident has all of them');
});

/** How often a unit is explained that dies every `everyMs` for `forMs`. */
const countIn = (everyMs: number, forMs: number, next: UnitNext = 'restarting') => {
  let state = unitUp;
  for (let i = 0; i * everyMs < forMs; i += 1) {
    const opening: NewEvent[] = open(state, at + i * everyMs, gateway, {}, next)?.opening ?? [];
    state = after(state, ...opening);
  }
  return { state, explained: state.counts.incidents };
};

const minute = 60_000;

t.test('one that crashes for ever is explained seldom', async (t) => {
  const { state, explained } = countIn(1000, 9 * minute);
  t.equal(explained, 5);
  t.ok(open(state, at + 20 * minute), 'and again after a while');
  t.ok(open(state, at + minute, { ...gateway, session: 'voice' }), 'others are not concerned');
  t.equal(countIn(10_000, 60 * minute).explained, 10 + 4, 'more after the first ten minutes');
  t.equal(countIn(15 * minute, 1440 * minute).explained, 96, 'each that is told by itself');
});

t.test('what systemd gives up is explained, however often it died', async (t) => {
  const { state } = countIn(1000, 5 * minute);
  t.equal(open(state, at + 5 * minute), null);
  t.ok(open(state, at + 5 * minute, gateway, {}, 'failed'));
  t.equal(countIn(1000, 9 * minute, 'failed').explained, 10, 'it may be begun by a timer');
});
