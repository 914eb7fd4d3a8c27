import type { Rule } from '../rule.ts';
import { SIGKILL, SIGXFSZ, signalName } from '../signals.ts';
import { gapsIn } from '../witnessed/gaps.ts';
import { oneCause } from '../witnessed/one-cause.ts';
import { whatEnded, withIt, witnessedVerdict } from '../witnessed/witnessed-verdict.ts';

const limits: Record<number, string> = { [SIGXFSZ]: 'the largest file it may write' };

export const limitReached: Rule = {
  name: 'limit-reached',
  sentence:
    'The kernel ended the program for a limit of its process (setrlimit): for SIGKILL, without having chosen it for want of memory.',
  judge: (evidence) => {
    const one = oneCause(evidence);
    if (one?.first.nature !== 'limit') return null;
    const { signal } = one.first.signal;
    // The kernel kills for want of memory by the same signal: then its cgroup counted it.
    if (signal === SIGKILL && (evidence.ooms ?? []).length > 0) return null;
    const limit = limits[signal] ?? 'the processor time it may use';
    return witnessedVerdict(one, {
      cause: 'rlimit',
      summary: `${signalName(signal)} to ${whatEnded(one)} from the kernel: it reached ${limit}${withIt(one)}`,
      confidence: gapsIn(evidence).length > 0 ? 'likely' : 'certain',
      actor: null,
      missing: ['who set that limit'],
    });
  },
};
