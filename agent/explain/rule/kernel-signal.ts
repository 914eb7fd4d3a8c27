import { shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { SIGALRM, SIGHUP, SIGKILL, SIGPIPE, SIGPROF, SIGVTALRM, signalName } from '../signals.ts';
import type { Finding } from '../witnessed/finding.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

/** What the kernel sends these for (signal(7)). */
const reasons: Record<number, string> = {
  [SIGHUP]: 'its terminal was closed',
  [SIGKILL]: 'perhaps the first process of its PID namespace ended, as when a container stops',
  [SIGPIPE]: 'it wrote to a pipe that nobody reads',
  [SIGALRM]: 'a timer of its own ran out',
  [SIGVTALRM]: 'a timer of its own ran out',
  [SIGPROF]: 'a timer of its own ran out',
};

/** SIGKILL has many reasons, and whoever was running then may be one. */
const unnamed = ({ signal: { signal, sender } }: Finding): string =>
  signal === SIGKILL
    ? `who brought it about: pid ${sender.pid} (${shortened(sender.comm, 15)}) was running then`
    : 'who brought it about: the kernel sent it by itself, and names nobody';

export const kernelSignal: Rule = {
  name: 'kernel-signal',
  sentence:
    'The kernel sent the signal by itself: for a timer, a pipe nobody reads, a terminal that was closed, or the end of a PID namespace.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'kernel') return null;
    const { signal } = one.first.signal;
    const reason = reasons[signal];
    return witnessedVerdict(one, {
      cause: 'signal',
      summary: `${signalName(signal)} to ${whatEnded(one)} from the kernel${reason ? `: ${reason}` : ''}${withIt(one)}`,
      confidence: 'likely',
      actor: null,
      missing: [unnamed(one.first)],
    });
  },
};
