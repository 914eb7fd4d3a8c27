import t, { type Test } from 'tap';
import { refreshLines, refreshTroubles } from '../../../agent/cli/view/refresh-lines.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { RefreshLine } from '../../../agent/model/status/refresh-line.ts';
import { type FakeAgent, startFakeAgent } from './fake-agent.ts';
import { runCli } from './run-cli.ts';
import { noon, statusOf } from './sample.ts';

const hour = 3_600_000;

const line: RefreshLine = {
  login: { since: noon - 3 * hour, by: 'bot', expiresAt: null },
  ...{ dueAt: noon + 20 * hour, endsAt: noon + 21 * hour, waits: null, underWay: null },
  ...{ held: null, last: null, counts: { done: 0, failed: 0, 'needs-person': 0 } },
  lasted: { expired: null, renewed: null },
};

t.test('what is known of a login, a line for each matter', async (t) => {
  t.match(refreshLines(line, noon), [
    /^login: 3h old by its bot, to be renewed in 20h, .*, runs out /,
  ]);
  t.same(refreshLines({ ...line, login: null }, noon), []);
  const nobody = { ...line, dueAt: null, endsAt: null };
  t.match(refreshLines(nobody, noon), ['login: 3h old by its bot, nobody knows when it runs out']);
  const waiting = { ...line, dueAt: noon - 1, waits: 'quiet' as const, endsAt: null };
  t.match(refreshLines(waiting, noon), [/ due since .*: it waits for a quiet moment$/]);
  const full: RefreshLine = {
    ...line,
    login: { since: noon - hour, by: 'session', expiresAt: null },
    underWay: { refresh: 'r1', way: 'signal', startedAt: noon - 5000, until: noon },
    held: { reason: 'gave-up', since: noon - hour },
    last: {
      ...{ at: 1, endedAt: noon - hour, outcome: 'failed', way: 'signal' },
      why: 'it said \x1b[2J',
    },
    counts: { done: 2, failed: 1, 'needs-person': 0 },
    lasted: {
      expired: { count: 2, minMs: 22 * hour, medianMs: 23 * hour },
      renewed: { count: 1, minMs: 20 * hour, medianMs: 20 * hour },
    },
  };
  t.match(refreshLines(full, noon), [
    'refresh by signal under way since 5s ago',
    /^login: 1h old as its session/,
    'held 1h ago: its login is not renewed any more: it failed too often; holdfast refresh',
    /^last refresh by signal failed 1h ago: it said [^\x1b]*$/,
    '3 refreshes: 2 worked, 1 failed',
    'logins lasted: 2 ran out: shortest 22h, median 23h; 1 renewed before: shortest 20h, median 20h',
  ]);
});

t.test('what is left alone is said where all is looked at', async (t) => {
  const [session] = statusOf().sessions;
  if (!session) throw new Error('no session');
  const held = { ...line, held: { reason: 'gave-up', since: 1 } as const };
  t.match(refreshTroubles([{ ...session, refresh: held }, session]), [
    `the login of ${session.session} is not renewed any more`,
  ]);
  const needs = { ...line, held: { reason: 'needs-person', since: 1 } as const };
  t.same(refreshTroubles([{ ...session, refresh: needs }]), [], 'its bot says so');
});

/** An agent that tells of this as soon as a login is to be renewed. */
const agentThatTells = async (t: Test, event: Pick<Event, 'type' | 'data'>): Promise<string> => {
  const agent: FakeAgent = await startFakeAgent(t, {
    status: () => statusOf(),
    'session.refresh': () => {
      agent.tell({ seq: 2, v: 1, at: Date.now(), trace: '', ...event } as Event);
      return { refresh: 'r1', until: Date.now() + 1000 };
    },
  });
  return agent.home;
};

const ref = { refresh: 'r1', session: 'web', server: 'main' };

t.test('holdfast refresh waits for what comes of it', async (t) => {
  const outcomes = [
    [
      { type: 'refresh.done', data: { ...ref, life: 'l', tookMs: 2000, ageMs: 1 } },
      0,
      'web  done after 2s',
    ],
    [
      {
        type: 'refresh.failed',
        data: { ...ref, code: 'timed-out', message: 'no\x1b[2J', tookMs: 1 },
      },
      ...[1, 'web  failed: no'],
    ],
    [
      { type: 'refresh.held', data: { ...ref, reason: 'needs-person' } },
      ...[1, 'web  needs-person: it needs you: somebody has to log it in'],
    ],
  ] as [Pick<Event, 'type' | 'data'>, number, string][];
  for (const [event, code, text] of outcomes) {
    const home = await agentThatTells(t, event);
    const ran = await runCli(['refresh', 'web', '--home', home]);
    t.equal(ran.code, code, ran.stderr);
    t.match(ran.stdout, text);
    t.notMatch(ran.stdout, '\x1b');
  }
  const home = await agentThatTells(t, outcomes[1]?.[0] as Event);
  const { stdout } = await runCli(['refresh', 'web', '--home', home, '--json']);
  t.match(JSON.parse(stdout), {
    ...{ schema: 1, session: 'web', refresh: 'r1', outcome: 'failed', code: 'timed-out' },
  });
});

t.test('holdfast status SESSION is about that one', async (t) => {
  const { sessions } = statusOf();
  const [session] = sessions;
  if (!session) throw new Error('no session');
  const answers = { status: () => statusOf({ sessions: [{ ...session, refresh: line }] }) };
  const { home } = await startFakeAgent(t, answers);
  const ran = await runCli(['status', session.session, '--home', home]);
  t.equal(ran.code, 0);
  t.match(ran.stdout, /login: .* by its bot/);
  const json = await runCli(['status', session.session, '--home', home, '--json']);
  t.match(JSON.parse(json.stdout), { sessions: [{ refresh: { dueAt: line.dueAt } }] });
  t.match(await runCli(['status', 'nobody', '--home', home]), { code: 1, stderr: /no session/ });
});
