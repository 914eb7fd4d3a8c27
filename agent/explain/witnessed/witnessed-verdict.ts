import type { Actor, EvidenceLine, Verdict } from '../../model/events/incident.ts';
import type { SeenProcess } from '../../model/witnessed.ts';
import { actorOf } from '../actor.ts';
import { inOrder } from '../evidence-lines.ts';
import { quoted, shortened } from '../naming.ts';
import { namedSignal } from '../signals.ts';
import { countText, sessionsText, verdict } from '../wording.ts';
import { gapsIn } from './gaps.ts';
import { isOddlySent } from './nature.ts';
import type { OneCause } from './one-cause.ts';
import { linesOf } from './verdict-lines.ts';

/** What was ended: `"api"`, `a program of "api" (node, pid 42)`, `3 sessions`, `the tmux server "main"`. */
export const whatEnded = ({ told, scope, first, findings }: OneCause): string => {
  if (scope === 'server') return `the tmux server ${quoted(told.server.name)}`;
  if (findings.length > 1) return countText(findings.length, told.deaths);
  const session = quoted(first.death?.session ?? '');
  const { comm, pid } = first.signal.victim;
  return first.way === 'child'
    ? `a program of ${session} (${shortened(comm, 15)}, pid ${pid})`
    : session;
};

/** What ended besides. */
export const withIt = ({ told, scope, unexplained }: OneCause): string => {
  if (scope === 'server') return `; ${sessionsText(told.deaths.length)} ended with it`;
  return unexplained.length > 0 ? `; ${unexplained.length} more ended in the same way` : '';
};

const unseenOf = ({ pid, cmdline, seenBy }: SeenProcess): string[] => {
  // The first process is never gone.
  if (cmdline === null && pid !== 1) {
    return [`the command line of pid ${pid}: it was gone before it could be read`];
  }
  return seenBy === 'file' ? [`the arguments of pid ${pid}: only its file was seen`] : [];
};

/** Why the conclusion is not certain, and what it lacks. */
const missingOf = ({ told, first, unexplained }: OneCause, actor: SeenProcess | null): string[] => {
  const { way, death, certain, untoldPanes = 0 } = first;
  const isUnsure = way === 'direct' && !certain && first.signal.caught === null;
  return [
    ...(way === 'heeded' ? ['whether it ended for that signal: it handles it itself'] : []),
    ...(way === 'child' && !certain
      ? [
          `how its first program ended${death?.exit ? '' : `: ${death?.unit ? 'systemd' : 'tmux'} wrote no status down`}`,
        ]
      : []),
    ...(isUnsure ? ['whether it handles that signal itself: it was gone too soon'] : []),
    ...(isOddlySent(first.signal) && actor
      ? [`whether pid ${actor.pid} meant it: a timer or a file may have sent it then`]
      : []),
    ...(untoldPanes > 0 ? ['how other panes of it ended: the kernel told of no signal there'] : []),
    ...(actor ? unseenOf(actor) : []),
    ...(unexplained.length > 0
      ? [
          `who ended ${countText(unexplained.length, unexplained)} of these: the kernel told of no such signal`,
        ]
      : []),
    ...gapsIn(told),
  ];
};

type Part = Pick<Verdict, 'cause' | 'summary'> &
  Partial<Pick<Verdict, 'confidence' | 'missing'>> & {
    actor: SeenProcess | null;
    /** Who had the actor do it, by a command that was seen or written down: then that one is named. */
    behind?: Actor | null;
    /** What else shows it. */
    lines?: readonly EvidenceLine[];
  };

/** A verdict on what the kernel told. */
export const witnessedVerdict = (one: OneCause, part: Part): Verdict => {
  const { told, scope, first, findings, unexplained } = one;
  const { cause, summary, actor, missing = [], behind = null, lines = [] } = part;
  const isCertain =
    findings.every(({ certain, signal }) => certain && !isOddlySent(signal)) &&
    unexplained.length === 0;
  const isPartial = findings.some(({ untoldPanes = 0 }) => untoldPanes > 0);
  const confidence = isCertain ? (part.confidence ?? 'certain') : isPartial ? 'possible' : 'likely';
  return verdict({
    ...{ cause, scope, confidence, summary },
    // A command ends what it ends by signals of its own, which nobody sent.
    signal:
      cause === 'tmux-command' || (first.nature === 'self' && cause !== 'signal')
        ? null
        : namedSignal(first.signal.signal),
    exitStatus: first.death?.exit?.status ?? null,
    actor: behind ?? (actor && actorOf(actor, told)),
    evidence: inOrder([...lines, ...linesOf(told, findings, actor)]),
    missing: [...missingOf(one, behind ? null : actor), ...missing],
  });
};
