import type { Way } from '../../way.ts';
import { deathOf, recorded, serverOf } from '../case.ts';
import { sent } from '../trace-line.ts';
import { fatal, handling, killer, leader, other } from './people.ts';

/** Signals that a program may handle. */
export const requests: readonly Way[] = [
  {
    name: 'a request that was handled, and an exit a moment later',
    rule: 'signal-heeded',
    given: recorded(fatal(100, killer, 15), handling, [deathOf(leader, 103, { status: 0 })]),
    actor: killer,
    verdict: {
      ...{ cause: 'signal', confidence: 'likely', exitStatus: 0, signal: { name: 'SIGTERM' } },
      ...{
        summary: /; it exited then, with status 0$/,
        missing: [/^whether it ended for/, /command line/],
      },
    },
  },
  {
    name: 'the same where nothing was written down',
    rule: 'signal-heeded',
    given: recorded(fatal(100, killer, 15), handling, [deathOf(leader, 103)]),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely', summary: /; it ended then$/ },
  },
  {
    name: 'where nobody was looking, a request says nothing of an end',
    rule: 'nothing-known',
    given: recorded(
      fatal(100, killer, 15),
      handling,
      [deathOf(leader, 103, null, { watched: 'agent-down' })],
      { server: { ...serverOf(9638), managed: false } },
    ),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'SIGTERM counts more than a SIGHUP before it, and the status more than both',
    rule: 'signal-heeded',
    given: recorded(`${fatal(99, other, 1)}${fatal(100, killer, 15)}`, handling, [
      deathOf(leader, 103, { status: 1 }),
    ]),
    actor: killer,
    verdict: { signal: { name: 'SIGTERM' } },
  },
  {
    name: 'status 129 means SIGHUP',
    rule: 'signal-heeded',
    given: recorded(`${fatal(99, other, 1)}${fatal(100, killer, 15)}`, handling, [
      deathOf(leader, 103, { status: 129 }),
    ]),
    actor: other,
    verdict: { signal: { name: 'SIGHUP' } },
  },
  {
    name: 'SIGUSR1 alone may be meant for an end',
    rule: 'signal-heeded',
    given: recorded(fatal(100, killer, 10), handling, [deathOf(leader, 101, { status: 3 })]),
    actor: killer,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'a request longer ago was not the reason, and is told',
    rule: 'program-exit',
    given: recorded(fatal(80, killer, 15), handling, [deathOf(leader, 103, { status: 0 })]),
    actor: null,
    verdict: {
      ...{ cause: 'program-exit', confidence: 'certain' },
      evidence: [{ text: /^SIGTERM to pid 500 \(node\), which handles it, from pid 900/ }, {}],
    },
  },
  {
    name: 'what was ignored was not the reason, and is told',
    rule: 'program-exit',
    given: recorded(sent({ at: 100, sig: 15, from: killer, to: leader, res: 1 }), {}, [
      deathOf(leader, 101, { status: 0 }),
    ]),
    actor: null,
    verdict: { cause: 'program-exit', evidence: [{ text: /which ignored it, from pid 900/ }, {}] },
  },
];
