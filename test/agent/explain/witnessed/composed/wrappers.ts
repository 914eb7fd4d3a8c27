import type { Way } from '../../way.ts';
import { deathOf, recorded, serverOf } from '../case.ts';
import { fatal, killer, leader } from './people.ts';

const child = 600;
const grandchild = 601;
const below = { ancestry: { [child]: [leader], [grandchild]: [child, leader] } };
const adopted = { server: { ...serverOf(9638), managed: false } };

/** A session runs what runs something else: npm, a shell script, a test runner. */
export const wrappers: readonly Way[] = [
  {
    name: 'a status that is handed on may be written down in the second after',
    rule: 'child-killed',
    given: recorded(fatal(100.95, killer, 9, child), below, [
      deathOf(leader, 101.05, { status: 137 }),
    ]),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'certain' },
  },
  {
    name: 'a status that means a signal which nobody saw is a claim',
    rule: 'program-exit',
    given: recorded('', {}, [deathOf(leader, 101.05, { status: 137 })]),
    actor: null,
    verdict: { confidence: 'likely', missing: [/SIGKILL is meant/] },
  },
  {
    name: 'the program below is asked to end and does, and the wrapper exits as it likes',
    rule: 'program-exit',
    given: recorded(
      fatal(100, killer, 15, grandchild),
      { ...below, catches: { [grandchild]: [15] } },
      [deathOf(leader, 100.2, { status: 0 })],
    ),
    actor: null,
    verdict: { confidence: 'likely', missing: [/because pid 601 \(node\) did.* sent SIGTERM/] },
  },
  {
    name: 'what a program of the session ends below itself says nothing',
    rule: 'program-exit',
    given: recorded(fatal(100, child, 15, grandchild), below, [
      deathOf(leader, 100.2, { status: 0 }),
    ]),
    actor: null,
    verdict: { confidence: 'certain', missing: [] },
  },
  {
    name: 'nor does it where no end is written down',
    rule: 'ended-by-itself',
    given: recorded(fatal(100, child, 15, grandchild), below, [deathOf(leader, 100.2)], adopted),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely' },
  },
];
