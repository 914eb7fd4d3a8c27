import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines, tellsOfKill, wasKilled } from '../exits.ts';
import { countLines, isScarce } from '../memory-kills.ts';
import { quoted, sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { brokenLines } from '../server-end.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { isComplete, untoldOf } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { factLine } from '../written/facts.ts';
import { killsLeft, reportsOf } from '../written/kills-left.ts';
import { mainEnd } from '../written/main-end.ts';

/** What was killed, where nothing speaks against it; null: something does. */
const endIn = (evidence: Evidence): string | null => {
  const { deaths, serverEnd, server } = evidence;
  if (serverEnd) {
    const end = serverEnd.how === 'killed' ? mainEnd(evidence) : null;
    const mayBe = serverEnd.how === 'killed' && (!end || end.status === SIGKILL);
    const rest = `with ${sessionsText(deaths.length)}`;
    return mayBe
      ? `the tmux server ${quoted(server.name)} ended without a goodbye, ${rest},`
      : null;
  }
  const [first] = deaths;
  if (!first || !deaths.every(wasKilled)) return null;
  if (deaths.length > 1) return `${sessionsOf(deaths)} were ended by SIGKILL`;
  const session = quoted(first.session);
  return tellsOfKill(first)
    ? `the program of ${session} ended with status 137, as after the SIGKILL of another,`
    : `the program of ${session} was ended by SIGKILL`;
};

/** The kernel's log tells of others than a child that nobody knew. */
const mayBeOne = (evidence: Evidence): boolean =>
  evidence.deaths.some(tellsOfKill)
    ? (evidence.memoryKills?.kills ?? 0) > 0
    : (killsLeft(evidence) ?? 0) > 0;

const judged = (evidence: Evidence, end: string): Verdict => {
  const { deaths, serverEnd } = evidence;
  const [first] = deaths;
  return verdict({
    cause: first && isScarce(first) ? 'oom-system' : 'oom-cgroup',
    scope: serverEnd ? 'server' : 'session',
    confidence: 'possible',
    summary: `${end} while the kernel killed for want of memory: it may have been one of those`,
    signal: namedSignal(SIGKILL),
    exitStatus: first?.exit?.status ?? null,
    evidence: inOrder([
      ...reportsOf(evidence).slice(0, 5).map(factLine),
      ...countLines(evidence),
      ...brokenLines(evidence),
      ...(serverEnd ? [] : exitLines(evidence)),
    ]),
    missing: [untoldOf(evidence, 'whom the kernel killed for want of memory, or who sent SIGKILL')],
  });
};

export const memoryCounted: Rule = {
  name: 'memory-counted',
  sentence:
    'Nothing was witnessed, but the kernel counted kills for want of memory as the program or the server was killed. It does not say of whom.',
  judge: (evidence) => {
    if (isComplete(evidence) || !mayBeOne(evidence)) return null;
    const end = endIn(evidence);
    return end === null ? null : judged(evidence, end);
  },
};
