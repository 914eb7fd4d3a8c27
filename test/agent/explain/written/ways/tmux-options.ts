import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import { evidence } from '../../sample-death.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, serverOf } from '../../witnessed/case.ts';
import { attached, hup, leader } from '../../witnessed/composed/people.ts';
import { logged, options } from '../tmux-facts.ts';

const server = 9638;
const api = deathOf(leader, 100.02);
const unattached = await options(server, { destroyUnattached: 'keep-last' });
const off = await options(server, {});

const without = (changes: Partial<Evidence>): Evidence =>
  evidence({ ...{ deaths: [api], testimony: null, untold: 'no root', ...changes } });

const gone = { server: serverOf(server), serverEnd: serverEnded('exited', 100.1) };

/** tmux ends things by itself where its options say so. */
export const tmuxOptions: readonly Way[] = [
  {
    name: 'the server closed it, nobody told it to, and destroy-unattached was on',
    rule: 'left-unattached',
    given: recorded(hup(100, server, leader), attached, [api], { facts: unattached }),
    actor: null,
    verdict: {
      ...{ cause: 'tmux-command', confidence: 'likely', missing: [/^whether its last client/] },
      summary:
        'tmux removed "api": destroy-unattached was on, by which it goes with its last client',
      evidence: [{ source: 'tmux-options' }, { source: 'kernel' }, {}],
    },
  },
  {
    name: 'where it was off it is no suspect',
    rule: 'told-tmux',
    given: recorded(hup(100, server, leader), attached, [api], { facts: off }),
    actor: null,
    verdict: { missing: [/neither of which ends with it$/] },
  },
  {
    name: 'a client that is known to have told it counts more',
    rule: 'logged-command',
    given: without({
      facts: [
        ...unattached,
        ...logged(101, ['12:00: client-777 command: kill-session -t api'], [777]),
      ],
    }),
    actor: 777,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'without the kernel it is possible',
    rule: 'perhaps-unattached',
    given: without({ facts: unattached }),
    actor: null,
    verdict: {
      ...{ cause: 'tmux-command', confidence: 'possible', missing: [/^whether its last client/] },
      summary: /^tmux may have removed "api" by itself/,
    },
  },
  {
    name: 'a program that ended by itself was not removed',
    rule: 'program-exit',
    given: without({ facts: unattached, deaths: [deathOf(leader, 100.02, { status: 3 })] }),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  {
    name: 'a server that goes with its last client',
    rule: 'server-emptied',
    given: without({ ...gone, facts: await options(server, { exitUnattached: true }, true) }),
    actor: null,
    verdict: {
      ...{ cause: 'tmux-command', scope: 'server', confidence: 'possible' },
      summary: /exit-unattached was on, by which it goes with its last client; 1 session ended/,
      missing: [/kill-server or SIGTERM/, /^who sent it/],
    },
  },
  {
    name: 'a server that goes with its last session',
    rule: 'server-emptied',
    given: without({ ...gone, facts: await options(server, { exitEmpty: true }, true) }),
    actor: null,
    verdict: { cause: 'unknown', summary: /^"api" ended, and the tmux server "main" .*exit-empty/ },
  },
  {
    name: 'a server whose options end nothing',
    rule: 'server-exited',
    given: without({ ...gone, facts: await options(server, {}, true) }),
    actor: null,
    verdict: {
      cause: 'unknown',
      evidence: [
        { text: /^exit-unattached of the server was off/ },
        { text: /^exit-empty of the server was off/ },
        { source: 'tmux' },
        {},
      ],
    },
  },
];
