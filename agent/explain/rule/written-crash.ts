import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines, firstExit } from '../exits.ts';
import { momentOf, serverMoment } from '../moments.ts';
import { quoted } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { isCrash, namedSignal, SIGSEGV } from '../signals.ts';
import { untoldOf } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type Crash, crashOf } from '../written/crash.ts';
import { factLine } from '../written/facts.ts';

/** The kernel says the signal of a fault of memory only. */
const signalOf = ({ dump, fault }: Crash): number | null =>
  dump?.signal ?? (fault?.what === 'segfault' ? SIGSEGV : null);

/** The kernel writes of faults that happened; a dump is left also where somebody sent the signal. */
const judged = (evidence: Evidence, crash: Crash, who: string): Verdict => {
  const signal = firstExit(evidence)?.exit.signal ?? signalOf(crash);
  const lines = [crash.fault, crash.dump].flatMap((fact) => (fact ? [factLine(fact)] : []));
  const named = signal === null ? null : namedSignal(signal);
  return verdict({
    cause: 'program-crash',
    scope: evidence.serverEnd ? 'server' : 'session',
    confidence: crash.fault ? 'certain' : 'possible',
    summary: `${who} crashed${named ? ` with ${named.name}` : ''}`,
    signal: named,
    evidence: inOrder([...lines, ...exitLines(evidence)]),
    missing: crash.fault
      ? []
      : [untoldOf(evidence, 'whether the signal came from the program itself')],
  });
};

const ofServer = (evidence: Evidence): Verdict | null => {
  const { server, serverEnd, deaths } = evidence;
  const moment = serverMoment(evidence);
  if (!moment || !server.instance || serverEnd?.how === 'exited') return null;
  const crash = crashOf(evidence, { pid: server.instance.pid, signal: null }, moment);
  if (!crash || (crash.dump && !isCrash(crash.dump.signal))) return null;
  const who = `the tmux server ${quoted(server.name)}, with ${sessionsText(deaths.length)},`;
  return judged(evidence, crash, who);
};

/** Of one session: several that crash at once have more in common than this rule can see. */
const ofSession = (evidence: Evidence): Verdict | null => {
  const [death, ...others] = evidence.deaths;
  if (!death || others.length > 0 || evidence.serverEnd) return null;
  const { exit, panes } = death;
  const signal = exit?.signal ?? null;
  if (exit && (signal === null || !isCrash(signal))) return null;
  for (const { pid } of panes) {
    const crash = crashOf(evidence, { pid, signal }, momentOf(death));
    if (crash && (!crash.dump || isCrash(crash.dump.signal))) {
      return judged(evidence, crash, `the program of ${quoted(death.session)}`);
    }
  }
  return null;
};

export const writtenCrash: Rule = {
  name: 'written-crash',
  sentence:
    'Nothing was witnessed, but the kernel wrote down a fault of the server or the program, or a core dump of it was kept.',
  judge: (evidence) => ofServer(evidence) ?? ofSession(evidence),
};
