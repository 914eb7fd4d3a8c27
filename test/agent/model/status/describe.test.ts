import t from 'tap';
import { emptySamples } from '../../../../agent/model/samples.ts';
import type { AgentStatus } from '../../../../agent/model/status/agent-status.ts';
import { describeStatus } from '../../../../agent/model/status/describe.ts';
import type { WitnessStatus } from '../../../../agent/model/status/evidence-status.ts';
import { statusText } from '../../../../agent/model/status/status-text.ts';
import { aNotifier } from '../../../exporters/prometheus/document.ts';
import {
  after,
  birth,
  bootId,
  born,
  bot,
  configApplied,
  declared,
  running,
  started,
  work,
} from '../sample.ts';
import {
  acknowledged,
  died,
  ended,
  linkUp,
  onServer,
  opened,
  requested,
  silenced,
  verdict,
} from '../sample-events.ts';

const agent = {} as AgentStatus;
const now = {
  ...{ at: born + 10, bootId, agent, redactions: 3 },
  ...{ notifier: null, witness: null, sources: [] },
};
const healthy = { status: 'ok', code: '' };

const sampled = () => {
  const samples = emptySamples();
  samples.servers.set('main', { resyncs: 4, processes: 3, rssBytes: 4096 });
  samples.servers.set('mine', { resyncs: 2, processes: 9, rssBytes: 9 });
  const usage = { at: born, rssBytes: 512, cpu: 0.25, processes: 2 };
  const life = { resyncs: 4, lastSeen: born, lastActivityAt: born + 1, foreground: null, usage };
  samples.lives.set(bot.life, { ...life, recent: [], panes: new Map() });
  samples.host = {
    ...{ at: born, load: [1, 2, 3], memoryTotalBytes: 8, memoryAvailableBytes: 4, cpuBusy: 0.5 },
    ...{ pressure: { cpu: 1, memory: 2, io: 3 }, processes: [] },
  };
  return samples;
};

t.test('who is seen, by the witness and by others', async (t) => {
  const witness: WitnessStatus = {
    ...{ state: 'sees', why: null, method: 'probe', realTime: true, since: born, lost: 0 },
  };
  const sources = [{ name: 'logind', ok: true, why: null, advice: null }];
  const document = describeStatus(running, emptySamples(), { ...now, witness, sources });
  t.match(document, { witness, sources });
});

t.test('a document about now', async (t) => {
  const state = after(running, linkUp);
  const document = describeStatus(state, sampled(), now);
  t.match(document, { schema: 1, writtenAt: born + 10, bootId, seq: state.seq, agent });
  t.match(document.links, [
    { owner: 'deploy', connected: true, pid: 12, tmux: '3.5a', since: born },
  ]);
  t.match(document.servers, [
    { server: 'main', status: 'alive', pid: 4211, sessions: 2, processes: 3, rssBytes: 4096 },
    { server: 'mine', status: 'absent', pid: null, sessions: 0, processes: 0, rssBytes: 0 },
  ]);
  t.match(document.sessions, [
    {
      session: 'bot',
      status: 'up',
      declared: true,
      rssBytes: 512,
      cpu: 0.25,
      lastActivityAt: born + 1,
    },
    { session: 'work', status: 'up', declared: false, rssBytes: 0, cpu: 0, lastActivityAt: null },
  ]);
  t.match(document.host, { load: [1, 2, 3], cpuBusy: 0.5, pressure: { io: 3 } });
  t.notOk('processes' in (document.host ?? {}));
  t.match(document.totals, { events: state.counts.events, redactions: 3, resyncs: 6 });
});

t.test('nothing sampled yet', async (t) => {
  const document = describeStatus(after(running, onServer('server.died')), emptySamples(), now);
  t.equal(document.host, null);
  t.match(document.servers[0], { status: 'dead', pid: null, processes: 0 });
  t.match(describeStatus(running, emptySamples(), now).servers[0], { processes: 0, rssBytes: 0 });
});

t.test('a command that was not there at the birth is that of a listing', async (t) => {
  const state = after(running, linkUp);
  const samples = sampled();
  const life = state.lives[bot.life];
  const pane = { command: 'node bot.js', historyLines: 0, screen: null };
  samples.lives.get(bot.life)?.panes.set('%1', pane);
  if (life) state.lives[bot.life] = { ...life, command: '' };
  const [session] = describeStatus(state, samples, now).sessions;
  t.equal(session?.command, 'node bot.js');
});

t.test('what the kernel counts of a session, where it does', async (t) => {
  const samples = sampled();
  const usage = samples.lives.get(bot.life)?.usage;
  const nothing = { memoryBytes: null, anonBytes: null, memoryMaxBytes: null, tasks: null };
  const [partial] = describeStatus(running, samples, now).sessions;
  t.match(partial, { measured: null, ...nothing }, 'a sample that does not say how it was taken');
  const counts = { oomKills: 0, ownOoms: 0, unitOoms: 0 };
  const group = { memoryBytes: 900, anonBytes: 500, memoryMaxBytes: 1024, tasks: 4 };
  if (usage) Object.assign(usage, { measured: 'exact', cgroup: { ...group, ...counts } });
  const [exact, work] = describeStatus(running, samples, now).sessions;
  t.match(exact, { measured: 'exact', ...group });
  t.notOk('oomKills' in (exact ?? {}));
  t.match(work, { measured: null, ...nothing });
});

t.test('limits that are not in force are said of a server that runs', async (t) => {
  const samples = sampled();
  const why = 'no unit with Delegate=yes runs the server';
  samples.servers.set('main', { resyncs: 4, processes: 3, rssBytes: 4096, unlimited: why });
  const unlimited = (state = running) =>
    describeStatus(state, samples, now).servers.map((server) => server.unlimited);
  t.strictSame(unlimited(), [why, null]);
  t.strictSame(unlimited(after(running, onServer('server.died'))), [null, null]);
});

t.test(
  'a server whose owner nobody named is said to be in doubt where there are several',
  async (t) => {
    const link = { uid: 1000, pid: 7, tmux: '3.5a', connected: true, since: now.at };
    const doubts = (links: typeof running.links) =>
      describeStatus(
        { ...after(running, declared('bot')), links },
        emptySamples(),
        now,
      ).servers.map(({ ownerDoubt }) => ownerDoubt);
    t.strictSame(doubts({ deploy: link })[0], null);
    t.match(doubts({ deploy: link, alice: link })[0], /with deploy/);
  },
);

t.test('a declared session without a life is listed too', async (t) => {
  const session = (...events: Parameters<typeof after>[1][]) =>
    describeStatus(after(running, ...events), emptySamples(), now).sessions.find(
      ({ session: name }) => name === 'bot',
    );
  t.match(session(died(bot)), { status: 'dead', life: null, deaths: 1, endedAt: born, panes: 0 });
  t.match(session(died(bot), requested('a1')), { status: 'waiting', deaths: 1 });
  t.match(session(ended(bot)), { status: 'stopped', deaths: 0 });
  const state = after(running, declared('never'));
  t.match(describeStatus(state, emptySamples(), now).sessions.at(-1), {
    session: 'never',
    status: 'waiting',
    endedAt: null,
  });
  const again = birth('bot', 3);
  t.match(session(died(bot), started(again)), { status: 'up', deaths: 1, life: again.life });
});

t.test('a namesake on another server has no part in it', async (t) => {
  const namesake = birth('bot', 3, { server: 'mine', declared: false });
  const state = after(running, died(bot), started(namesake));
  const { sessions } = describeStatus(state, emptySamples(), now);
  t.match(sessions, [
    { session: 'work' },
    { session: 'bot', server: 'mine', deaths: 0 },
    { session: 'bot', server: 'main', status: 'dead', deaths: 1 },
  ]);
});

t.test('what people said, and what the notifier says of itself', async (t) => {
  const state = after(
    running,
    ...[opened('1'), opened('2'), acknowledged('2')],
    ...[silenced('s1', 'bot', now.at), silenced('s2', null, now.at + 1)],
  );
  const document = describeStatus(state, emptySamples(), { ...now, notifier: aNotifier() });
  t.match(document.incidents, [{ acknowledgedAt: null }, { acknowledgedAt: born }]);
  t.match(document.silences, [{ silence: 's2', session: null }]);
  t.equal(document.silences?.length, 1, 'not one that ran out, though no event says so');
  t.match(document.notifier, { channels: [{ channel: 'telegram:4711' }, {}] });
  const { silences: _, ...older } = running;
  t.strictSame(describeStatus(older as typeof running, emptySamples(), now).silences, []);
  t.equal(describeStatus(running, emptySamples(), now).notifier, null);
});

t.test('the newest incidents, explained or not', async (t) => {
  const many = Array.from({ length: 25 }, (_, i) => opened(String(i + 1), ['bot']));
  const reached = {
    at: born,
    type: 'verdict.reached',
    data: { incident: '25', verdict: verdict('signal') },
  } as const;
  const { incidents } = describeStatus(after(running, ...many, reached), emptySamples(), now);
  t.equal(incidents.length, 20);
  t.match(incidents[0], {
    incident: '6',
    server: 'main',
    at: born,
    cause: '',
    confidence: '',
    summary: '',
  });
  t.match(incidents.at(-1), { cause: 'signal', confidence: 'possible', sessions: ['bot'] });
});

t.test('one sentence says what goes on', async (t) => {
  t.equal(statusText(running, healthy), 'supervising 2 sessions on 1 server');
  t.equal(statusText(after(running, died(work)), healthy), 'supervising 1 session on 1 server');
  t.equal(
    statusText(after(running, onServer('server.hung')), { status: 'degraded', code: 'ENOSPC' }),
    'supervising 2 sessions on 0 servers; server main is hung; the log waits in memory (ENOSPC)',
  );
  t.match(statusText(after(running, onServer('server.died')), healthy), 'server main is dead');
  const data = { source: '', problems: 1, first: '' };
  const refused = after(running, { at: born, type: 'config.rejected', data });
  t.equal(
    statusText(refused, healthy),
    'supervising 2 sessions on 1 server; the new configuration was refused, the old one stays',
  );
  t.notMatch(statusText(after(refused, configApplied()), healthy), /refused/);
  t.match(statusText(after(running, onServer('server.socket_lost')), healthy), 'is socket-lost');
  t.equal(
    statusText(after(running, configApplied([])), healthy),
    'supervising 2 sessions on 0 servers',
  );
});
