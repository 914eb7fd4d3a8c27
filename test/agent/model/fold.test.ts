import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { Cause } from '../../../agent/model/events/incident.ts';
import { maxAttempts } from '../../../agent/model/recovery-state.ts';
import {
  emptyState,
  maxEnded,
  maxIncidents,
  maxRuns,
  maxUnexplained,
} from '../../../agent/model/state.ts';
import {
  after,
  birth,
  born,
  bot,
  configApplied,
  declared,
  pane,
  running,
  serverFound,
  socket,
  started,
  work,
} from './sample.ts';
import {
  decided,
  died,
  ended,
  intended,
  linkLost,
  linkUp,
  onServer,
  opened,
  other,
  requested,
  rest,
  target,
  verdict,
} from './sample-events.ts';

t.test('the newest runs are known by their start, and by where they found the log', async (t) => {
  const first = running.agent?.startedAt ?? 0;
  t.strictSame(running.runs, [{ startedAt: first, after: 0 }]);
  const begun = (at: number, seq: number): NewEvent => ({
    at,
    type: 'agent.started',
    data: {
      ...{ version: '0', pid: 7, bootId: 'b', embedded: true },
      previous: { seq, at: 1, clean: false, bootId: 'b' },
    },
  });
  const again = after(running, begun(first + 10, running.seq));
  t.strictSame(again.runs?.at(-1), { startedAt: first + 10, after: running.seq });
  const many = Array.from({ length: maxRuns + 5 }, (_, i) => begun(first + i, i));
  t.equal(after(running, ...many).runs?.length, maxRuns);
});

t.test('a run of the agent', async (t) => {
  t.match(running.agent, { pid: 7, startedAt: born, stopping: false });
  const stopped = after(running, { at: born, type: 'agent.stopping', data: { reason: 'signal' } });
  t.equal(stopped.agent?.stopping, true);
  const early = after(emptyState(), {
    at: born,
    type: 'agent.stopping',
    data: { reason: 'signal' },
  });
  t.equal(early.agent, null);
});

t.test('a configuration keeps the servers it names', async (t) => {
  const found = {
    server: 'mine',
    instance: other,
    socket: '/tmp/tmux-1000/default',
    managed: false,
    version: '3.4',
  };
  const state = after(running, { at: born, type: 'server.found', data: found });
  t.strictSame(
    after(state, configApplied()).servers,
    state.servers,
    'one adopted by the name of its socket, too',
  );
  const moved = after(
    state,
    configApplied([{ server: 'main', managed: true, socket: '/elsewhere' }]),
  );
  t.match(moved.servers, { main: { status: 'absent', instance: null, socket: '/elsewhere' } });
  t.strictSame(Object.keys(moved.servers), ['main']);
  const changed = after(state, configApplied([{ server: 'main', managed: false, socket }]));
  t.match(changed.servers, { main: { status: 'absent', managed: false } });
});

t.test('a configuration that is refused is known until one is applied', async (t) => {
  const data = { source: 'holdfast.yaml', problems: 2, first: 'sessions.bot: no' };
  const refused = after(running, { at: born + 7, type: 'config.rejected', data });
  t.strictSame(refused.refused, { at: born + 7, problems: 2, first: 'sessions.bot: no' });
  t.strictSame(refused.config, running.config, 'the old one stays in force');
  t.strictSame(refused.servers, running.servers);
  const again = { ...data, problems: 1, first: 'adopt: no' };
  const newer = after(refused, { at: born + 9, type: 'config.rejected', data: again });
  t.strictSame(newer.refused, { at: born + 9, problems: 1, first: 'adopt: no' });
  t.equal(after(newer, configApplied()).refused, null);
});

t.test('a server goes from trouble to trouble and back', async (t) => {
  const statuses = (...events: NewEvent[]) => {
    const state = after(running, ...events);
    t.strictSame(state.counts.rejected, {});
    return state.servers['main']?.status;
  };
  t.equal(statuses(onServer('server.hung')), 'hung');
  t.equal(statuses(onServer('server.hung'), onServer('server.socket_lost')), 'socket-lost');
  t.equal(statuses(onServer('server.socket_lost'), onServer('server.hung')), 'hung');
  t.equal(statuses(onServer('server.hung'), onServer('server.resumed')), 'alive');
  t.equal(statuses(onServer('server.socket_lost'), onServer('server.socket_restored')), 'alive');
  t.equal(statuses(onServer('server.hung'), onServer('server.died')), 'dead');
  t.equal(statuses(onServer('server.died'), serverFound), 'alive');
  t.match(after(running, onServer('server.died')).counts.serversDied, { killed: 1 });
});

t.test('a life from its birth to its end', async (t) => {
  const changes: NewEvent[] = [
    { at: born, type: 'session.created', data: birth('new', 9) },
    started(birth('new', 9)),
    {
      at: born,
      type: 'session.renamed',
      data: { life: birth('new', 9).life, session: 'new', from: 'new', to: 'newer' },
    },
    {
      at: born,
      type: 'session.panes_changed',
      data: { life: birth('new', 9).life, session: 'new', panes: [pane(8), pane(9)], more: 0 },
    },
  ];
  const state = after(running, ...changes);
  t.match(state.lives[birth('new', 9).life], {
    session: 'new',
    tmuxName: 'newer',
    panes: [pane(8), pane(9)],
  });
  t.notOk('found' in (state.lives[birth('new', 9).life] ?? {}));
  t.equal(state.counts.created, 1);
  const over = after(state, ended(birth('new', 9)));
  t.notOk(over.lives[birth('new', 9).life]);
  t.strictSame(over.counts.ended, { 'shell-exit': 1 });
  t.strictSame(over.ends, {}, 'nobody asks how an undeclared session ended');
  t.match(over.counts.lifetime, { count: 1, sum: 90, buckets: [0, 0, 0, 1, 0, 0, 0, 0, 0] });
});

t.test('a life longer than the last bound is in the last bucket, which has none', async (t) => {
  const data = { ...bot, reason: 'intended', intent: 'i1', ageMs: 9e12 } as const;
  const { lifetime } = after(running, { at: born, type: 'session.ended', data }).counts;
  t.equal(lifetime.count, 1);
  t.equal(Math.max(...lifetime.buckets), 0);
});

t.test('only the end of the declared session itself is the declared session’s', async (t) => {
  t.match(after(running, died(bot, 5)).ends, { bot: { at: 5, reason: 'died', deaths: 1 } });
  const again = after(running, died(bot), started(birth('bot', 3)), ended(birth('bot', 3), 7));
  t.match(again.ends, { bot: { at: 7, reason: 'shell-exit', deaths: 1 } });
  const namesake = birth('bot', 3, { declared: false });
  t.strictSame(after(running, started(namesake), died(namesake)).ends, {});
  const elsewhere = birth('bot', 3, { server: 'mine' });
  t.strictSame(after(running, started(elsewhere), died(elsewhere)).ends, {});
});

t.test('what is undeclared is forgotten, and its life goes on', async (t) => {
  const gone: NewEvent = { at: born, type: 'session.undeclared', data: { session: 'bot' } };
  const state = after(
    running,
    requested('a1'),
    decided('suspend'),
    died(bot),
    started(birth('bot', 3)),
    gone,
  );
  t.strictSame([state.declared, state.ends, state.attempts, state.suspended], [{}, {}, {}, {}]);
  t.ok(state.lives[birth('bot', 3).life]);
});

t.test('intents end with their life, or by themselves', async (t) => {
  t.ok(after(running, intended('i1')).intents['i1']);
  t.strictSame(after(running, intended('i1'), ended(bot)).intents, {});
  t.ok(after(running, intended('i1'), ended(work)).intents['i1']);
  t.strictSame(
    after(running, intended('i1'), { at: born, type: 'intent.expired', data: { intent: 'i1' } })
      .intents,
    {},
  );
  const unwatched: NewEvent = {
    at: born,
    type: 'supervision.ended',
    data: { life: bot.life, session: 'bot', reason: 'unwatched', supervisedMs: 1 },
  };
  const state = after(running, intended('i1'), unwatched);
  t.strictSame([state.intents, Object.keys(state.lives)], [{}, [work.life]]);
});

t.test('the ids of ended sessions are remembered, the greatest of them', async (t) => {
  const births = Array.from({ length: maxEnded + 5 }, (_, i) => birth('x', 10 + i));
  const state = after(
    running,
    died(work),
    ...births.flatMap((one) => [started(one), died(one)]),
    died(bot),
  );
  const known = state.servers['main']?.ended ?? [];
  t.equal(known.length, maxEnded);
  t.equal(known[0], 15);
  t.equal(known.at(-1), maxEnded + 14);
  const unknown = after(state, configApplied([]), started(bot));
  t.equal(unknown.counts.rejected['unknown-server'], 1);
});

t.test('lives end, though their server is watched no more', async (t) => {
  const state = after(running, configApplied([]), died(bot));
  t.strictSame(state.counts.rejected, {});
  t.equal(state.counts.died, 1);
});

t.test('attempts are counted by whom they are for, and the last of them kept', async (t) => {
  const state = after(
    running,
    ...Array.from({ length: maxAttempts + 3 }, (_, i) => requested(`a${i}`, born + i)),
  );
  t.equal(state.attempts['bot']?.length, maxAttempts);
  t.strictSame(state.attempts['bot']?.at(-1), { at: born + maxAttempts + 2, reason: 'died' });
  t.equal(state.counts.restarts['died'], maxAttempts + 3);
  const asked = after(running, requested('a1', born, 'operator'));
  t.strictSame([asked.attempts, asked.counts.restarts], [{}, {}]);
  const start: NewEvent = {
    at: born,
    type: 'action.requested',
    data: {
      action: 'a1',
      kind: 'server.start',
      target: { server: 'main', session: null, life: null },
      reason: 'declared',
    },
  };
  t.strictSame(after(running, start).attempts, {
    'server:main': [{ at: born, reason: 'declared' }],
  });
});

t.test('an action is pending until it is settled', async (t) => {
  const state = after(running, requested('a1'));
  t.match(state.actions, { a1: { kind: 'session.create', target, requestedAt: born } });
  const settled: [NewEvent, string][] = [
    [{ at: born, type: 'action.done', data: { action: 'a1', settled: 'observed' } }, 'done'],
    [{ at: born, type: 'action.failed', data: { action: 'a1', code: 'x', message: '' } }, 'failed'],
    [{ at: born, type: 'action.lost', data: { action: 'a1', why: '' } }, 'lost'],
  ];
  for (const [event, outcome] of settled) {
    const over = after(state, event);
    t.strictSame([over.actions, over.counts.actions], [{}, { [`session.create ${outcome}`]: 1 }]);
  }
});

t.test('what is suspended stays so until an operator wants it', async (t) => {
  const state = after(running, requested('a1'), died(bot), decided('suspend', 'too-many-restarts'));
  t.strictSame(state.suspended, { bot: born });
  t.strictSame(state.counts.decisions, { 'too-many-restarts': 1 });
  const resumed = after(state, decided('resume'));
  t.strictSame([resumed.suspended, resumed.attempts, resumed.ends], [{}, {}, {}]);
});

const reached = (cause: Cause, incident = '1'): NewEvent => ({
  at: born,
  type: 'verdict.reached',
  data: { incident, verdict: verdict(cause) },
});

t.test('a second verdict counts only the lives that joined since', async (t) => {
  const grew: NewEvent = {
    at: born,
    type: 'incident.grew',
    data: { incident: '1', lives: ['c'], sessions: ['c'] },
  };
  const state = after(running, opened('1', ['a', 'b']), reached('unknown'), grew);
  t.match(state.incidents['1'], { lives: ['a', 'b', 'c'], counted: 2, openedAt: born });
  t.strictSame(state.counts.diedByCause, { unknown: 2 });
  const again = after(state, reached('signal'));
  t.strictSame(again.counts.diedByCause, { unknown: 2, signal: 1 });
  t.equal(again.incidents['1']?.verdict?.cause, 'signal');
});

t.test('what was measured before an incident stays in its event', async (t) => {
  const point = { memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5, pressure: null };
  const event = opened('1', ['a']);
  const data = { ...event.data, machineBefore: [{ at: born, ...point }] };
  const measured = after(running, { ...event, data } as NewEvent);
  t.strictSame(measured.incidents, after(running, event).incidents);
});

t.test(
  'a verdict that confirms the one before takes its place, and is not counted again',
  async (t) => {
    const evidence = [{ at: born, source: 'logind', text: 'more' }];
    const confirming: NewEvent = {
      ...{ at: born, type: 'verdict.reached' },
      data: { incident: '1', verdict: { ...verdict('unknown'), evidence }, confirms: true },
    };
    const state = after(running, opened('1', ['a']), reached('unknown'), confirming);
    t.strictSame(state.counts.verdicts, { 'unknown possible': 1 });
    t.strictSame(state.counts.diedByCause, { unknown: 1 });
    t.strictSame(state.incidents['1']?.verdict?.evidence, evidence);
  },
);

t.test('verdicts are counted, and those that name somebody', async (t) => {
  const actor = {
    ...{ pid: 7, comm: 'kill', cmdline: 'kill -9 4', uid: 0, user: 'root' },
    ...{ unit: null, session: null, ancestry: [] },
  };
  const named: NewEvent = {
    ...{ at: born, type: 'verdict.reached' },
    data: { incident: '1', verdict: { ...verdict('signal'), confidence: 'certain', actor } },
  };
  const state = after(running, opened('1'), opened('2'), reached('unknown'), named, named);
  const { confidence } = verdict('unknown');
  t.strictSame(state.counts.verdicts, { [`unknown ${confidence}`]: 1, 'signal certain': 2 });
  t.equal(state.counts.verdictsNamed, 2);

  const { verdicts: _, verdictsNamed: __, ...older } = running.counts;
  const again = after({ ...running, counts: older }, opened('1'), named);
  t.strictSame(again.counts.verdicts, { 'signal certain': 1 }, 'a snapshot of an older release');
  t.equal(again.counts.verdictsNamed, 1);
  t.strictSame(running.counts.verdicts, {}, 'the state before is as it was');
});

t.test('of incidents the newest are kept', async (t) => {
  const many = Array.from({ length: maxIncidents + 7 }, (_, i) => [
    opened(String(i + 1)),
    reached('unknown', String(i + 1)),
  ]);
  const state = after(running, ...many.flat());
  t.equal(Object.keys(state.incidents).length, maxIncidents);
  t.equal(Object.keys(state.incidents)[0], '8');
  t.equal(state.counts.incidents, maxIncidents + 7);
});

t.test('what dies again and again leaves room for others', async (t) => {
  const each = (from: number, count: number, ...sessions: string[]): NewEvent[] =>
    Array.from({ length: count }, (_, i) => String(from + i)).flatMap((id) => [
      opened(id, sessions),
      reached('unknown', id),
    ]);
  const before = after(running, ...each(1, 12, 'rare'), ...each(13, 5, 'rare', 'loop'));
  const looped = after(before, ...each(18, maxIncidents * 2, 'loop'));
  const left = Object.keys(looped.incidents).map(Number);
  t.equal(left.length, maxIncidents);
  t.strictSame(
    left.slice(0, 17),
    Array.from({ length: 17 }, (_, i) => i + 1),
    'none of the rare one',
  );
  t.ok(
    left.slice(17).every((id) => id > 18 + maxIncidents),
    'of the loop the newest',
  );
  const names = Array.from({ length: maxIncidents / 10 }, (_, i) => `s${i}`);
  const crowd = names.flatMap((name, i) => each(1000 + 20 * i, 20, name));
  const crowded = Object.values(after(looped, ...crowd).incidents);
  const count = (name: string) => crowded.filter(({ sessions }) => sessions.includes(name)).length;
  t.equal(crowded.length, maxIncidents);
  t.ok(
    names.every((name) => count(name) >= 9 && count(name) <= 12),
    'nobody has much more',
  );
});

t.test('and those that wait for a verdict, as far as there is room', async (t) => {
  const ids = Array.from({ length: maxUnexplained + 7 }, (_, i) => String(i + 1));
  const state = after(running, ...ids.map((id) => opened(id)));
  t.equal(Object.keys(state.incidents).length, maxUnexplained);
  t.equal(Object.keys(state.incidents)[0], '8');
  const explained = after(state, reached('unknown', '8'), opened('next'));
  t.notOk(explained.incidents['8'], 'the one that is explained goes first');
});

t.test('a link comes, goes and comes back', async (t) => {
  t.match(after(running, linkUp).links, { deploy: { pid: 12, connected: true, since: born } });
  const lost = after(running, linkUp, linkLost(12));
  t.match(lost.links, { deploy: { connected: false, since: born + 5 } });
  t.match(after(lost, linkUp).links, { deploy: { connected: true } });
});

t.test('events about the log change nothing but their count', async (t) => {
  const events: NewEvent[] = [
    { at: born, type: 'log.quarantined', data: { file: '', reason: '', salvaged: 0 } },
    { at: born, type: 'log.degraded', data: { code: 'ENOSPC', message: '' } },
    { at: born, type: 'log.recovered', data: { queued: 1, afterMs: 1 } },
    { at: born, type: 'events.gap', data: { from: 1, to: 2, reason: 'retention' } },
  ];
  const state = after(running, ...events);
  t.strictSame(rest(state), rest(running));
  t.equal(state.counts.events, running.counts.events + 4);
  t.strictSame(after(running, declared('bot')).declared, running.declared);
});
