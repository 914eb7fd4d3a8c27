import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import { clientExit } from '../trace-line.ts';
import { fatal, handling, hup, killer, leader, other } from './people.ts';

const removed = `${hup(100, 9638, leader)}${clientExit(100.01, 71)}`;
const byClient = { cmdlines: { 71: 'tmux kill-session -t =api' } };

/** Signals that the program was seen after, and signals that came when it was over. */
export const outlived: readonly Way[] = [
  {
    name: 'what is left of a session that was taken away is killed: it was over by then',
    rule: 'told-tmux',
    given: recorded(`${removed}${fatal(100.3)}`, { ...byClient, ...handling }, [
      deathOf(leader, 100.4),
    ]),
    actor: 71,
    verdict: { cause: 'tmux-command', confidence: 'certain' },
  },
  {
    name: 'a signal that was blocked, and seconds later the session is taken away',
    rule: 'told-tmux',
    given: recorded(`${fatal(95, other, 15)}${removed}`, byClient, [deathOf(leader, 100.1)]),
    actor: 71,
    verdict: { cause: 'tmux-command', confidence: 'certain' },
  },
  {
    name: 'a signal that was blocked, and seconds later one that is not',
    rule: 'signal-sent',
    given: recorded(`${fatal(95, other, 15)}${fatal(100)}`, {}, [deathOf(leader, 100.2)]),
    actor: killer,
    verdict: { signal: { name: 'SIGKILL' } },
  },
];
