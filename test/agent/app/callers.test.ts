import t from 'tap';
import { type CallersPorts, createCallers } from '../../../agent/app/callers.ts';
import type { State } from '../../../agent/model/state.ts';
import { homePaths, systemPaths } from '../../../agent/paths.ts';
import { running } from '../model/sample.ts';

const uid = 4_000_000;
const user = `uid-${uid}`;
const minute = 60_000;
const now = 1000 * minute;

const inSystem = (changes: Partial<CallersPorts> = {}) =>
  createCallers(systemPaths, {
    ...{ state: () => running, named: () => [null], hasLink: () => false, now: () => now },
    ...changes,
  });

/** After a link of that user was lost, or is connected as the log has it. */
const linked = (since: number, connected = false): State => ({
  ...running,
  links: { [user]: { uid, pid: 1, tmux: '', connected, since } },
});

const nothing = { isOperator: false, isReader: false, isNotifier: false, owner: null };

t.test('below a home directory there is one user', async (t) => {
  const callerOf = createCallers(homePaths('/h'), {
    ...{ state: () => running, named: () => [], hasLink: () => false, now: () => now },
  });
  t.match(callerOf(1000), { isOperator: true, isNotifier: true });
});

t.test('in a system: root and the agent itself', async (t) => {
  t.match(inSystem()(0), { isOperator: true });
  t.match(inSystem()(process.getuid?.() ?? 0), { isOperator: true });
});

t.test('the notifier is a user of its own', async (t) => {
  t.match(inSystem({ nameOf: () => 'holdfast-notifier' })(uid), { ...nothing, isNotifier: true });
  t.match(inSystem({ nameOf: () => 'holdfast-exporter' })(uid), nothing);
});

t.test('whom nobody knows may nothing', async (t) => {
  t.match(inSystem()(-1), nothing);
  t.match(inSystem()(uid), nothing);
});

t.test('an owner is one whose link is connected, or whom the configuration names', async (t) => {
  t.match(inSystem({ hasLink: (name) => name === user })(uid), { owner: user });
  t.match(inSystem({ named: () => [null, user] })(uid), { owner: user });
});

t.test('he stays one while his link restarts, and not for long', async (t) => {
  const lost = (since: number) => inSystem({ state: () => linked(since) })(uid);
  t.match(lost(now - 9 * minute), { owner: user });
  t.match(lost(now - 11 * minute), nothing);
  t.match(lost(now + 11 * minute), nothing, 'whatever becomes of the clock');
});

t.test('nor is he one for the link that an earlier run of the agent left connected', async (t) => {
  const restarted = (startedAt: number) => {
    const agent = running.agent && { ...running.agent, startedAt };
    return inSystem({ state: () => ({ ...linked(now - 500 * minute, true), agent }) })(uid);
  };
  t.match(restarted(now - minute), { owner: user });
  t.match(restarted(now - 11 * minute), nothing);
});

t.test('a server that he was found to have makes nobody an owner', async (t) => {
  const [name = '', server] = Object.entries(running.servers)[0] ?? [];
  const found = { ...running, servers: { [name]: { ...server, owner: user } } };
  t.match(inSystem({ state: () => found as State })(uid), nothing);
});
