import type { Way } from '../../way.ts';
import * as was from '../recorded.ts';
import { unseen, wouldHaveTold } from '../unseen.ts';

/** Programs that exited, by themselves or because they were asked to. */
export const exits: readonly Way[] = [
  {
    name: 'who handles signals may have been asked to end',
    ...{ rule: 'program-exit', given: unseen(was.heeded), actor: null },
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 0 },
      missing: [/^whether a signal made it exit, such as SIGTERM, which it handled: a witness/],
    },
  },
  {
    name: 'and so may one that ended by itself',
    ...{ rule: 'program-exit', given: unseen(was.exited), actor: null },
    verdict: { cause: 'program-exit', confidence: 'possible', exitStatus: 7 },
  },
  {
    name: 'who handles none was not asked',
    rule: 'program-exit',
    given: unseen({ ...was.exited, leader: { ageMs: 4482, handles: [24] } }),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely', missing: [wouldHaveTold] },
  },
  {
    name: 'one that had just begun may handle some later',
    rule: 'program-exit',
    given: unseen({ ...was.exited, leader: { ageMs: 300, handles: [] } }),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'possible' },
  },
  {
    name: 'a status that names a signal',
    rule: 'program-exit',
    given: unseen({ ...was.childKilled, leader: { ageMs: 4659, handles: [] } }),
    actor: null,
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 137 },
      missing: [/^whether SIGKILL is meant/, wouldHaveTold],
    },
  },
];
