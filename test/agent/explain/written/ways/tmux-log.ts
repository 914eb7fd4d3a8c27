import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { SourceFact } from '../../../../../agent/model/source-fact.ts';
import { evidence } from '../../sample-death.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../../witnessed/case.ts';
import { attached, hup, leader } from '../../witnessed/composed/people.ts';
import { clientExit } from '../../witnessed/trace-line.ts';
import { logged } from '../tmux-facts.ts';

const untold = 'no root';
const api = deathOf(leader, 100.02);
const web = deathOf(leader + 1, 100.5, null, { session: 'web', tmuxId: '$2' });

const without = (facts: SourceFact[], changes: Partial<Evidence> = {}): Evidence =>
  evidence({ ...{ deaths: [api], testimony: null, untold, facts }, ...changes });

const adopted = { name: 'main', managed: false };

/** The server closed the pane, and nobody of tmux ended then. */
const traced = (facts: SourceFact[], more = ''): Evidence =>
  recorded(`${hup(100, 9638, leader)}${more}`, attached, [api], { facts });

const kill = '12:00: client-777 command: kill-session -t api';
const bySomebody = logged(101, [kill], [777]);
const second = /^the second of that command/;

/** The server's own log tells who told it. */
export const tmuxLog: readonly Way[] = [
  {
    name: 'a client in control mode that runs still, and the kernel saw the end',
    rule: 'logged-client',
    given: traced(bySomebody),
    actor: 777,
    verdict: {
      ...{ cause: 'tmux-command', scope: 'session', confidence: 'likely', missing: [second] },
      summary:
        'tmux was told to remove "api", by "tmux -C attach" (pid 777) (cron.service): "kill-session -t api"',
      actor: { comm: 'tmux: client', uid: 1000, unit: 'cron.service' },
    },
  },
  {
    name: 'the same without the kernel',
    rule: 'logged-command',
    given: without(bySomebody),
    actor: 777,
    verdict: { cause: 'tmux-command', confidence: 'likely', summary: /^tmux was told to remove/ },
  },
  {
    name: 'one that is gone has its pid alone',
    rule: 'logged-command',
    given: without(logged(101, [kill])),
    actor: null,
    verdict: { summary: /, by a client \(pid 777\): "kill-session -t api"$/ },
  },
  {
    name: 'a key of somebody who looked at the session',
    rule: 'logged-command',
    given: without(
      logged(101, [
        '12:00: /dev/pts/3[bob] key x: kill-pane',
        '11:40: /dev/pts/3[bob] command: attach-session -t =api',
      ]),
    ),
    actor: null,
    verdict: {
      confidence: 'likely',
      summary: /, by a client \(pid 303\) at \/dev\/pts\/3 of bob, by the key x: "kill-pane"$/,
    },
  },
  {
    name: 'a terminal at which nobody is any more',
    rule: 'logged-command',
    given: without(logged(101, ['12:00: /dev/pts/9 key x: kill-session -t api'])),
    actor: null,
    verdict: { summary: /, by a client at \/dev\/pts\/9, by the key x/ },
  },
  {
    name: 'a hook that somebody set',
    rule: 'logged-command',
    given: without(logged(101, ['12:00: command: kill-session -t api'])),
    actor: null,
    verdict: { summary: /, by a hook of tmux itself: "kill-session -t api"$/ },
  },
  {
    name: 'a command that names no session is possible at most',
    rule: 'logged-command',
    given: without(logged(101, ['12:00: client-777 command: kill-pane -t "{last}"'], [777])),
    actor: 777,
    verdict: { confidence: 'possible', missing: [second, /it does not name the session in full/] },
  },
  {
    name: 'on an adopted server that is too little',
    rule: 'nothing-known',
    given: without(logged(101, ['12:00: client-777 command: kill-pane -t "{last}"'], [777]), {
      server: adopted,
    }),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'on an adopted server by its name',
    rule: 'logged-command',
    given: without(bySomebody, { server: adopted }),
    actor: 777,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'the command of somebody who shows another session',
    rule: 'removed-by-tmux',
    given: without(
      logged(101, [
        '12:00: client-777 command: kill-pane',
        '11:40: client-777 command: attach-session -t web',
      ]),
    ),
    actor: null,
    verdict: { missing: [/^who gave the command/] },
  },
  {
    name: 'two clients that both say it',
    rule: 'removed-by-tmux',
    given: without(logged(101, [kill, kill.replace('777', '778')], [777, 778])),
    actor: null,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'one client that ended two sessions',
    rule: 'logged-command',
    given: without(logged(101, [kill, kill.replace('api', 'web')], [777]), { deaths: [api, web] }),
    actor: 777,
    verdict: { summary: /^tmux was told to remove 2 sessions, by "tmux -C attach"/ },
  },
  {
    name: 'two clients that ended one session each',
    rule: 'removed-by-tmux',
    given: without(
      logged(101, [kill, '12:00: client-778 command: kill-session -t web'], [777, 778]),
      { deaths: [api, web] },
    ),
    actor: null,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'the hook of ours that removes panes',
    rule: 'removed-by-tmux',
    given: without(logged(101, ['12:00: command: kill-pane -t %1'])),
    actor: null,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'a command of minutes before',
    rule: 'removed-by-tmux',
    given: without(logged(101, [kill.replace('12:00', '11:50')], [777])),
    actor: null,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'a program that ended by itself',
    rule: 'program-exit',
    given: without(bySomebody, { deaths: [deathOf(leader, 100.02, { status: 3 })] }),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  {
    name: 'one whose command line said it to the kernel counts more',
    rule: 'told-tmux',
    given: recorded(
      `${hup(100, 9638, leader)}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux kill-session -t =api' } },
      [api],
      { facts: bySomebody },
    ),
    actor: 71,
    verdict: { confidence: 'certain' },
  },
  {
    name: 'the log of a source that was cut is told',
    rule: 'removed-by-tmux',
    given: without([
      { kind: 'cut', at: 0, source: 'tmux-log', text: 'tmux keeps only the last 50 entries' },
    ]),
    actor: null,
    verdict: {
      missing: [
        /^who gave/,
        'what others wrote down: not all of it was read: tmux-log: tmux keeps only the last 50 entries',
      ],
    },
  },
];
