import type { Way } from '../../way.ts';
import * as was from '../recorded.ts';
import { unseen, wouldHaveTold } from '../unseen.ts';

/** Programs that crashed, or were sent the signal of a crash. */
export const crashes: readonly Way[] = [
  {
    name: 'a crash and a signal that was sent look alike',
    ...{ rule: 'pane-signal', given: unseen(was.sentSegv), actor: null },
    verdict: { cause: 'program-crash', confidence: 'possible', missing: [wouldHaveTold] },
  },
  {
    name: 'the log of the kernel has the fault',
    rule: 'written-crash',
    given: unseen(was.crashed, {
      facts: [
        was.kernelSaid(
          was.crashed,
          5,
          'iocvgpazmr[26543]: segfault at 8 ip 000055b4736f2212 sp 00007ffefcbc7ad0 error 6 in iocvgpazmr[1212,55b4736f2000+1000] likely on CPU 1 (core 1, socket 0)',
        ),
      ],
    }),
    actor: null,
    verdict: { cause: 'program-crash', confidence: 'certain', missing: [] },
  },
];
