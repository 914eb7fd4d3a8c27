import { death, signal, status } from '../../sample-death.ts';
import type { Example } from './example.ts';

const sender = /^who sent it/;

/** How programs ended, as tmux wrote it down. */
export const programEnds: readonly Example[] = [
  {
    rule: 'different-endings',
    given: { deaths: [death({ exit: status(1) }), death({ session: 'web', exit: signal(9) })] },
    verdict: {
      ...{
        cause: 'unknown',
        summary: /2 different ways/,
        missing: [/^whether these ends/, sender],
      },
      ...{
        evidence: [
          { text: 'bot: its last program exited with status 1' },
          { text: 'web: its last program was ended by SIGKILL' },
        ],
      },
    },
  },
  {
    rule: 'different-endings',
    given: { deaths: [death({ exit: status(0) }), death({ session: 'web' })] },
    verdict: { cause: 'unknown', evidence: [{}, { text: 'web: no exit was recorded' }] },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(9) })] },
    verdict: {
      ...{
        cause: 'signal',
        scope: 'session',
        confidence: 'possible',
        summary: /"bot" was ended by SIGKILL/,
      },
      ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null },
      missing: [
        /^whether the kernel killed it for want of memory or for a limit of its processor time/,
        sender,
      ],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(15) })] },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(1) })] },
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/^whether somebody sent it, or the program had let go of its terminal/, sender],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(11) })] },
    verdict: {
      cause: 'program-crash',
      confidence: 'possible',
      summary: /ended by SIGSEGV, as one is that crashes/,
      missing: [/^whether the signal came/],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(24) })] },
    verdict: {
      cause: 'rlimit',
      confidence: 'possible',
      summary: /ended by SIGXCPU/,
      missing: [/^which limits its process had/, sender],
    },
  },
  {
    rule: 'pane-signal',
    given: { deaths: [death({ exit: signal(40) })] },
    verdict: { cause: 'signal', signal: { name: 'signal 40', number: 40 } },
  },
  {
    rule: 'program-exit',
    given: { deaths: [death({ exit: status(3) })] },
    verdict: {
      cause: 'program-exit',
      confidence: 'possible',
      exitStatus: 3,
      signal: null,
      missing: [/^whether a signal made it exit: a witness would have told/],
    },
  },
  {
    rule: 'program-exit',
    given: { deaths: [death({ exit: status(137) })] },
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 137 },
      missing: [/^whether SIGKILL is meant/, /^whether a signal made it exit/],
    },
  },
];
