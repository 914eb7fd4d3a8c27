import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { brokenLines } from '../server-end.ts';
import { isCrash, namedSignal, SIGKILL, signalName } from '../signals.ts';
import { senderMissing, untoldOf } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { factLine } from '../written/facts.ts';
import { isMemoryExcluded } from '../written/kills-left.ts';
import { mainEnd } from '../written/main-end.ts';
import { replacedLines, replacedText } from '../written/packages.ts';

/** What systemd says of the main process of the server's unit, which is the server. */
const seenHow = (number: number | null) => {
  if (number === null) return 'by a signal it cannot catch or by a crash of its own';
  return isCrash(number) ? `it crashed with ${signalName(number)}` : `by ${signalName(number)}`;
};

/** systemd says which signal, and not whose: the kernel kills for want of memory by one of them too. */
const isLikely = (evidence: Evidence, number: number | null): boolean =>
  number !== null && !isCrash(number) && (number !== SIGKILL || isMemoryExcluded(evidence));

/** What would have told. */
const missingOf = (evidence: Evidence, number: number | null): string[] => {
  const sender = senderMissing(evidence);
  if (number === null) {
    const why =
      'which signal: the server said nothing, so SIGKILL, the out-of-memory killer and a crash look alike from here';
    return [why, sender];
  }
  if (isCrash(number)) {
    return [untoldOf(evidence, 'whether the signal came from the server itself'), sender];
  }
  const isOpen = number === SIGKILL && !isMemoryExcluded(evidence);
  const whether = 'whether the kernel killed it for want of memory';
  return isOpen ? [untoldOf(evidence, whether), sender] : [sender];
};

export const serverKilled: Rule = {
  name: 'server-killed',
  sentence:
    'The server process is gone and its clients got no goodbye. Of a managed one systemd says which signal it was.',
  judge: (evidence) => {
    const { serverEnd, server, deaths } = evidence;
    if (serverEnd?.how !== 'killed') return null;
    const exit = mainEnd(evidence);
    const number = exit?.how === 'exited' ? null : (exit?.status ?? null);
    const rest = `${sessionsText(deaths.length)} ended with it${replacedText(evidence)}`;
    return verdict({
      cause: number !== null && isCrash(number) ? 'program-crash' : 'signal',
      scope: 'server',
      confidence: isLikely(evidence, number) ? 'likely' : 'possible',
      summary: `the tmux server ${quoted(server.name)} was killed without a goodbye, ${seenHow(number)}; ${rest}`,
      signal: number === null ? null : namedSignal(number),
      evidence: inOrder([
        ...replacedLines(evidence),
        ...(exit ? [factLine(exit)] : []),
        ...brokenLines(evidence),
      ]),
      missing: missingOf(evidence, number),
    });
  },
};
