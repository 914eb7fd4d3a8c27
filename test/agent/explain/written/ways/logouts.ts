import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded } from '../../witnessed/case.ts';
import { fatal, leader, manager } from '../../witnessed/composed/people.ts';
import { began } from '../began.ts';
import type { Facts } from '../stop-of-web.ts';
import * as written from '../written.ts';

const rule = 'unit-stopped';
const ofUser = '/user.slice/user-1000.slice/user@1000.service';

const stopping = written.stopping(99.9, 'user@1000.service');

/** The first process sends SIGTERM to a server that somebody started in the login 3. */
const endOfLogin = (facts: Facts, more: Partial<Evidence> = {}): Evidence =>
  recorded(fatal(100, 1, 15, 9638), manager, [deathOf(leader, 100.1)], {
    ...{ serverEnd: serverEnded('exited', 100.1), facts, ...more },
  });

/** A process of a user sends SIGTERM to a session in a scope of his manager. */
const belowUser = (cgroup: string, parents: number[], facts: Facts): Evidence =>
  recorded(
    fatal(100, 77, 15),
    {
      cgroups: { 77: cgroup, [leader]: `${ofUser}/tmux.slice/tmux-1.scope` },
      ancestry: { 77: parents },
    },
    [deathOf(leader, 100.1, { signal: 15 })],
    { users: { 1000: 'deploy' }, facts },
  );

/** Logins that ended, and what only looks like it. */
export const logouts: readonly Way[] = [
  {
    name: 'a login ends, by the word of logind',
    rule,
    given: endOfLogin([written.loggedOut(99.9, '3'), written.loginRemoved(100.2, '3')]),
    actor: 1,
    verdict: {
      ...{ cause: 'logout', scope: 'server', confidence: 'certain', missing: [] },
      summary: /the login 3 of deploy ended; 1 session/,
    },
  },
  {
    name: 'a login ends because somebody asked for that',
    rule,
    given: endOfLogin([written.loggedOut(99.9, '3'), written.loginRemoved(100.2, '3')], {
      commands: [
        began(99.7, 4710, 'loginctl terminate-session 33'),
        began(99.8, 4711, 'loginctl terminate-user deploy'),
      ],
    }),
    actor: 4711,
    verdict: {
      ...{ cause: 'logout', scope: 'server', confidence: 'certain', missing: [] },
      summary:
        /the login 3 of deploy ended, asked for by "loginctl terminate-user deploy" \(pid 4711\)/,
    },
  },
  {
    name: 'a signal to all of a login ends it too, and is not its end',
    rule,
    given: recorded(fatal(100, 1, 9, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('killed', 100.1),
      facts: [written.loggedOut(100.4, '3'), written.loginRemoved(100.5, '3')],
      commands: [began(99.8, 4711, 'loginctl kill-session --signal=KILL 3')],
    }),
    actor: 4711,
    verdict: { cause: 'signal', confidence: 'certain', summary: /had it sent, asked for by/ },
  },
  {
    name: 'the end of another login says nothing',
    rule,
    given: endOfLogin([written.loginRemoved(100.2, '33', 'other')]),
    actor: 1,
    verdict: { cause: 'logout', confidence: 'likely', summary: /: the login ended; 1 session/ },
  },
  {
    name: 'the last login of a user ends, and his manager with all that it started',
    rule,
    given: belowUser(`${ofUser}/init.scope`, [1], [written.loginRemoved(89.9, '3'), stopping]),
    actor: 77,
    verdict: {
      ...{ cause: 'logout', confidence: 'certain' },
      summary: /manager of user@1000\.service\/tmux-1\.scope: the login 3 of deploy ended$/,
    },
  },
  ...(
    [
      ['one who moved into the group of the manager', `${ofUser}/init.scope`, [800, 1]],
      ['an orphan in a group that is called so', `${ofUser}/app.slice/init.scope`, [1]],
    ] as const
  ).map(([name, cgroup, parents]) => ({
    name: `${name} ends nothing by a logout`,
    rule: 'signal-sent',
    given: belowUser(cgroup, [...parents], [written.loginRemoved(89.9, '3'), stopping]),
    actor: 77,
    verdict: { cause: 'signal' as const, scope: 'session' as const },
  })),
  {
    name: 'an orphan in the control group of a user is no logout, whatever login ended',
    rule,
    given: belowUser(`${ofUser}/.control`, [1], [written.loginRemoved(89.9, '3')]),
    actor: 77,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'likely' },
      summary: /run by the manager of user@1000\.service: the unit was stopped$/,
    },
  },
];
