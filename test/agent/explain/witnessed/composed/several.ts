import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import { fatal, killer, leader, other } from './people.ts';

/** Several killers, several sessions, several panes. */
export const several: readonly Way[] = [
  {
    name: 'two killers: the first one did it, and the other is told',
    rule: 'signal-sent',
    given: recorded(`${fatal(100)}${fatal(100.00001, other)}`, {}, [
      deathOf(leader, 100.01, { signal: 9 }),
    ]),
    actor: killer,
    verdict: { confidence: 'certain', evidence: [{ text: /pid 900/ }, { text: /pid 901/ }, {}] },
  },
  {
    name: 'one killer of three sessions',
    rule: 'signal-sent',
    given: recorded(
      `${fatal(100)}${fatal(100.1, killer, 9, 501)}${fatal(100.2, killer, 9, 502)}`,
      { cmdlines: { [killer]: 'killall node' } },
      [500, 501, 502].map((pid) => deathOf(pid, 100.3, { signal: 9 }, { session: `s${pid}` })),
    ),
    actor: killer,
    verdict: {
      confidence: 'certain',
      summary: 'SIGKILL to 3 sessions from "killall node" (pid 900)',
    },
  },
  {
    name: 'a loop that kills one after the other: children of one parent',
    rule: 'signal-sent',
    given: recorded(
      `${fatal(100)}${fatal(100.1, other, 9, 501)}`,
      { ancestry: { [killer]: [800], [other]: [800] } },
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'certain', summary: /^SIGKILL to 2 sessions/ },
  },
  {
    name: 'the shells of two panes are two, though the server began both',
    rule: 'different-causes',
    given: recorded(
      `${fatal(100)}${fatal(100.1, other, 9, 501)}`,
      { ancestry: { [killer]: [9638], [other]: [9638] } },
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'a killer who ends with those he kills',
    rule: 'signal-sent',
    given: recorded(
      `${fatal(100, leader)}${fatal(100, leader, 9, 501)}`,
      {},
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: leader,
    verdict: {
      cause: 'signal',
      confidence: 'certain',
      summary: /^SIGKILL to 2 sessions from pid 500/,
    },
  },
  {
    name: 'different killers: the first one is named, and that there were others',
    rule: 'different-causes',
    given: recorded(
      `${fatal(100)}${fatal(100.1, other, 9, 501)}`,
      {},
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: killer,
    verdict: {
      ...{ cause: 'signal', scope: 'session', confidence: 'likely' },
      ...{ summary: /1 session ended within two seconds of it, by others/ },
      evidence: [{ text: /pid 900/ }, { text: /pid 901/ }, {}],
    },
  },
  {
    name: 'one was killed, and another exited',
    rule: 'different-causes',
    given: recorded(fatal(100), {}, [
      deathOf(leader, 100.3, { signal: 9 }),
      deathOf(501, 100.3, { status: 1 }),
    ]),
    actor: killer,
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'one was killed, and of another nothing is known',
    rule: 'different-endings',
    given: recorded(fatal(100), {}, [deathOf(leader, 100.3, { signal: 9 }), deathOf(501, 100.3)]),
    actor: null,
    verdict: {
      cause: 'unknown',
      missing: [/^whether these/, /^who sent it: the kernel told of no such/],
    },
  },
  {
    name: 'another ended in the same way, and nobody was seen at it',
    rule: 'signal-sent',
    given: recorded(
      fatal(100),
      { cmdlines: { [killer]: 'a' } },
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: killer,
    verdict: {
      ...{ confidence: 'likely', summary: /; 1 more ended in the same way$/ },
      missing: [/^who ended 1 session of these/],
    },
  },
  {
    name: 'a session ends with its last pane',
    rule: 'signal-sent',
    given: recorded(`${fatal(100)}${fatal(100.1, other, 9, 501)}`, {}, [
      deathOf(leader, 100.2, null, {
        panes: [leader, 501].flatMap((pid) => deathOf(pid, 1).panes),
      }),
    ]),
    actor: other,
    verdict: { confidence: 'certain' },
  },
  {
    name: 'of two panes one was killed, and nothing is known of the other',
    rule: 'signal-sent',
    given: recorded(fatal(100), { cmdlines: { [killer]: 'a' } }, [
      deathOf(leader, 100.2, null, {
        panes: [leader, 501].flatMap((pid) => deathOf(pid, 1).panes),
      }),
    ]),
    actor: killer,
    verdict: { confidence: 'possible', missing: [/^how other panes/] },
  },
  {
    name: 'of two panes that exited the one whose exit is that of the session counts',
    rule: 'program-exit',
    given: recorded(fatal(100), {}, [
      deathOf(
        leader,
        100.2,
        { status: 4 },
        {
          panes: [
            ...deathOf(leader, 1, { signal: 9 }).panes,
            ...deathOf(501, 1, { status: 4 }).panes,
          ],
        },
      ),
    ]),
    actor: null,
    verdict: { cause: 'program-exit', exitStatus: 4 },
  },
];
