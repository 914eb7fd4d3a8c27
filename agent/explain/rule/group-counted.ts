import { allKnown } from '../all-known.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines, wasKilled } from '../exits.ts';
import { type Moment, momentOf, serverMoment } from '../moments.ts';
import { quoted, sessionsOf, shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { brokenLines } from '../server-end.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { isComplete, untoldOf } from '../witnessed/gaps.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type FactOf, factLine, factsOf } from '../written/facts.ts';

type Counted = FactOf<'memory-events'>;

const overlaps = ({ since, at }: Counted, { from, until }: Moment): boolean =>
  since <= until && at >= from;

/** What the group that one of these processes was in counted then. */
const countedFor = (evidence: Evidence, pids: readonly number[], moment: Moment): Counted | null =>
  factsOf(evidence, 'memory-events').find(
    (fact) => overlaps(fact, moment) && pids.some((pid) => fact.pids.includes(pid)),
  ) ?? null;

/** A group that counted one kill had one process killed. */
const isEnough = (counts: readonly Counted[]): boolean =>
  [...Map.groupBy(counts, (fact) => fact)].every(([{ kills }, some]) => some.length <= kills);

/** One count for each that ended; null: something ended otherwise, or in a group that counted nothing. */
const countsOf = (evidence: Evidence): [Counted, ...Counted[]] | null => {
  const { serverEnd, server, deaths } = evidence;
  const moment = serverMoment(evidence);
  if (serverEnd && (serverEnd.how !== 'killed' || !server.instance || !moment)) return null;
  if (!serverEnd && !deaths.every(wasKilled)) return null;
  const found =
    moment && server.instance
      ? [countedFor(evidence, [server.instance.pid], moment)]
      : deaths.map((death) => {
          const pids = death.panes.map(({ pid }) => pid);
          return countedFor(evidence, pids, momentOf(death));
        });
  const counts = allKnown(found);
  return counts && isEnough(counts) ? counts : null;
};

const whatOf = ({ serverEnd, server, deaths }: Evidence): string => {
  if (serverEnd) {
    return `the tmux server ${quoted(server.name)}, with ${sessionsText(deaths.length)}`;
  }
  return deaths.length === 1 ? `the program of ${sessionsOf(deaths)}` : sessionsOf(deaths);
};

/** `app.slice/tmux-spawn-1.scope`: the end of a path says which. */
const shortGroup = (group: string): string => shortened(group.split('/').slice(-2).join('/'), 80);

export const groupCounted: Rule = {
  name: 'group-counted',
  sentence:
    'Nothing was witnessed, but what ended was killed, and its cgroup counted a kill for want of memory at that time.',
  judge: (evidence) => {
    if (isComplete(evidence)) return null;
    const counts = countsOf(evidence);
    if (!counts) return null;
    const { serverEnd, deaths } = evidence;
    const [{ group, isLimit }] = counts;
    const why = isLimit ? ', for a limit of it or above it' : '';
    return verdict({
      cause: isLimit ? 'oom-cgroup' : 'oom-system',
      scope: serverEnd ? 'server' : 'session',
      confidence: 'likely',
      summary: `${whatOf(evidence)} was killed as the kernel killed for want of memory in its cgroup ${shortGroup(group)}${why}`,
      signal: namedSignal(SIGKILL),
      exitStatus: deaths[0]?.exit?.status ?? null,
      evidence: inOrder([
        ...counts.slice(0, 20).map(factLine),
        ...(serverEnd ? brokenLines(evidence) : exitLines(evidence)),
      ]),
      missing: [untoldOf(evidence, 'which process of that cgroup it was')],
    });
  },
};
