import type { Testimony } from '../../../../../agent/model/witnessed.ts';
import type { Way } from '../../way.ts';
import { deathOf, serverEnded, told } from '../case.ts';
import { atSecond, readTrace } from '../read-trace.ts';
import { sent } from '../trace-line.ts';
import { fatal, handling, hup, killer, leader } from './people.ts';

const server = 9638;

const together = (...parts: readonly Testimony[]): Testimony => ({
  ...readTrace(''),
  signals: parts.flatMap(({ signals }) => signals),
});

/** The leader handles what comes first, and then sends the same to itself, which nothing stands in the way of any more. */
const passedOn = (first: string, sig = 1): Testimony =>
  together(
    readTrace(first, { catches: { [leader]: [1, 2, 15] } }),
    readTrace(fatal(100.1, leader, sig)),
  );

const typed = (sig: number): string => sent({ at: 100, sig, from: server, to: leader, code: 128 });

/** A program that has tidied up ends itself by the signal that it was sent: where that came from counts. */
export const signalsPassedOn: readonly Way[] = [
  {
    name: 'a program that sends itself what it has handled',
    rule: 'signal-heeded',
    given: told(passedOn(fatal(100, killer, 1)), [deathOf(leader, 100.2, { signal: 1 })]),
    actor: killer,
    verdict: { cause: 'signal', signal: { name: 'SIGHUP' } },
  },
  {
    name: 'a shell that the server has taken away sends itself SIGHUP',
    rule: 'told-tmux',
    given: told(passedOn(hup(100, server, leader)), [deathOf(leader, 100.2)]),
    actor: null,
    verdict: { cause: 'tmux-command', scope: 'session', signal: null },
  },
  {
    name: 'the same where the server had been killed before',
    rule: 'signal-sent',
    given: told(
      together(readTrace(fatal(99.9, killer, 9, server)), passedOn(hup(100, server, leader))),
      [deathOf(leader, 100.2)],
      { serverEnd: serverEnded('killed', 99.9) },
    ),
    actor: killer,
    verdict: { cause: 'signal', scope: 'server', signal: { name: 'SIGKILL' } },
  },
  {
    name: 'a program that tidies up after Ctrl-C and sends itself SIGINT',
    rule: 'typed',
    given: told(passedOn(typed(2), 2), [deathOf(leader, 100.2, { signal: 2 })]),
    actor: null,
    verdict: { signal: { name: 'SIGINT' } },
  },
  {
    name: 'Ctrl-C seconds before is not what it passes on',
    rule: 'killed-itself',
    given: told(passedOn(sent({ at: 98, sig: 2, from: server, to: leader, code: 128 }), 2), [
      deathOf(leader, 100.2, { signal: 2 }),
    ]),
    actor: leader,
    verdict: { signal: { name: 'SIGINT' }, confidence: 'certain' },
  },
  {
    name: 'a server that closes the pane of a program writes no end down: that program let go of its terminal',
    rule: 'terminal-closed',
    given: told(passedOn(hup(100, server, leader)), [deathOf(leader, 100.2, { signal: 1 })]),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  {
    name: 'a program that gives itself up as it is asked to end may do so for that',
    rule: 'crashed',
    given: told(
      together(
        readTrace(fatal(100, killer, 15), handling),
        readTrace(sent({ at: 100.1, sig: 6, from: leader, to: leader, code: -6, grp: 0 })),
      ),
      [deathOf(leader, 100.2, { signal: 6 })],
    ),
    actor: null,
    verdict: { cause: 'program-crash', confidence: 'likely' },
  },
  {
    name: 'where records were lost somebody may have sent it first',
    rule: 'killed-itself',
    given: told(
      { ...readTrace(fatal(100, leader, 15)), lost: [{ at: atSecond(99.9), count: 500 }] },
      [deathOf(leader, 100.2, { signal: 15 })],
    ),
    actor: leader,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'what came long before is not what it passes on',
    rule: 'killed-itself',
    given: told(passedOn(fatal(80, killer, 1)), [deathOf(leader, 100.2, { signal: 1 })]),
    actor: leader,
    verdict: { cause: 'signal', signal: { name: 'SIGHUP' } },
  },
];
