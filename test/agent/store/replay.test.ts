import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Event, EventType } from '../../../agent/model/event.ts';
import { fold } from '../../../agent/model/fold.ts';
import { emptyState, type State } from '../../../agent/model/state.ts';
import { replay, stateAt } from '../../../agent/store/replay.ts';
import { sampleHistory } from './sample-history.ts';
import { openFor, readAll, temporaryLog } from './temporary-log.ts';

/** The logs of all releases so far: what they wrote must fold for ever (law 6 of the log). */
const releases = ['0.1.0'];
const fixtures = new URL('../../fixtures/logs/', import.meta.url);

const readFixture = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');

const eventsOf = (release: string): Event[] =>
  readFixture(`${release}.ndjson`)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

/** Checked by the compiler to be all of them: a new type must be added here and to the newest fixture. */
const allTypes: Record<EventType, true> = {
  'action.done': true,
  'action.failed': true,
  'action.lost': true,
  'action.requested': true,
  'agent.started': true,
  'agent.stopping': true,
  'alert.acknowledged': true,
  'alert.failed': true,
  'alert.sent': true,
  'alert.silenced': true,
  'alert.unsilenced': true,
  'bot.connection_changed': true,
  'bot.error': true,
  'bot.lost': true,
  'bot.session_changed': true,
  'config.applied': true,
  'config.rejected': true,
  'decision.made': true,
  'events.gap': true,
  'forecast.cleared': true,
  'forecast.warned': true,
  'health.changed': true,
  'incident.grew': true,
  'incident.opened': true,
  'intent.declared': true,
  'intent.expired': true,
  'link.connected': true,
  'link.lost': true,
  'log.degraded': true,
  'log.quarantined': true,
  'log.recovered': true,
  'refresh.done': true,
  'refresh.failed': true,
  'refresh.held': true,
  'refresh.released': true,
  'refresh.started': true,
  'remote.paired': true,
  'remote.refused': true,
  'remote.unpaired': true,
  'server.died': true,
  'server.found': true,
  'server.hung': true,
  'server.resumed': true,
  'server.socket_lost': true,
  'server.socket_restored': true,
  'session.created': true,
  'session.declared': true,
  'session.died': true,
  'session.ended': true,
  'session.panes_changed': true,
  'session.renamed': true,
  'session.undeclared': true,
  'supervision.ended': true,
  'supervision.started': true,
  'unit.declared': true,
  'unit.down': true,
  'unit.ended': true,
  'unit.failed': true,
  'unit.output': true,
  'unit.undeclared': true,
  'unit.up': true,
  'verdict.reached': true,
};

for (const release of releases) {
  t.test(`the log of ${release} folds to what it did then`, async (t) => {
    const { log, paths } = await temporaryLog(t);
    const events = eventsOf(release);
    log.append(events);
    await log.close();
    const { log: again } = await openFor(t, paths);
    t.strictSame(await readAll(again), events);
    const state = await replay(again, emptyState());
    t.strictSame(state.counts.rejected, {});
    t.match(state, JSON.parse(readFixture(`${release}.state.json`)) as State);
  });
}

t.test('the newest fixture has an event of every type', (t) => {
  const types = new Set<string>(eventsOf(releases.at(-1) ?? '').map(({ type }) => type));
  t.strictSame([...types].sort(), Object.keys(allTypes).sort());
  t.end();
});

const history = [...sampleHistory(6000)];

t.test('replay equals the fold as it went along, event by event', async (t) => {
  const { log } = await temporaryLog(t);
  let live = emptyState();
  for (const event of history) live = fold(live, [event]);
  t.strictSame(live.counts.rejected, {});
  log.append(history);
  await log.durable();
  t.strictSame(await replay(log, emptyState()), live);
});

t.test('replay from a snapshot that was JSON equals replay from the start', async (t) => {
  const { log, paths } = await temporaryLog(t);
  log.append(history);
  await log.saveSnapshot(fold(emptyState(), history.slice(0, 3777)));
  await log.close();
  const { log: again, opening } = await openFor(t, paths);
  t.equal(opening.state.seq, 3777);
  t.strictSame(await replay(again, opening.state), await replay(again, emptyState()));
});

t.test('replay ends where it is told to', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(history);
  await log.durable();
  for (const upTo of [1, 1999, 2000, 2001, 4000, 5999, 9999]) {
    const wanted = fold(emptyState(), history.slice(0, upTo));
    t.strictSame(await replay(log, emptyState(), { upTo }), wanted, `${upTo}`);
  }
  t.strictSame(await replay(log, emptyState(), { until: 0 }), emptyState());
});

t.test('the state at a time, with and without a snapshot before it', async (t) => {
  const { log } = await temporaryLog(t);
  log.append(history);
  await log.saveSnapshot(fold(emptyState(), history.slice(0, 2500)));
  for (const seq of [10, 2000, 2500, 2501, 5000]) {
    const at = history[seq - 1]?.at ?? 0;
    const end = history.findIndex((event) => event.at > at);
    const wanted = fold(emptyState(), history.slice(0, end));
    t.strictSame(await stateAt(log, at), wanted, `at event ${seq}`);
  }
  t.strictSame(await stateAt(log, 0), emptyState());
});

t.test('where the clock jumped, the state at a time is one there has been', async (t) => {
  const { log } = await temporaryLog(t);
  const times = [10, 20, 5, 30, 25];
  const events = times.map((at, i) => ({ ...history[0], seq: i + 1, at }) as Event);
  log.append(events);
  await log.durable();
  const found = await Promise.all([9, 10, 20, 26, 30].map((at) => stateAt(log, at)));
  t.strictSame(
    found.map(({ seq }) => seq),
    [0, 1, 3, 3, 5],
  );
});

t.test('an empty log folds to an empty state', async (t) => {
  const { log, opening } = await temporaryLog(t);
  t.strictSame(await replay(log, opening.state), emptyState());
  t.strictSame(await stateAt(log, Date.now()), emptyState());
});
