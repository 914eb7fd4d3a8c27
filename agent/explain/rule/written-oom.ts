import type { DeathRecord } from '../../model/events/death.ts';
import type { Verdict } from '../../model/events/incident.ts';
import { allKnown } from '../all-known.ts';
import type { Evidence } from '../evidence.ts';
import { inOrder } from '../evidence-lines.ts';
import { exitLines, mayBeKilled } from '../exits.ts';
import { type Moment, momentOf, serverMoment } from '../moments.ts';
import { quoted, sessionsOf } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { isSessionGroup } from '../server-unit.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type FactOf, factLine } from '../written/facts.ts';
import { limitText, reportsIn } from '../written/memory.ts';

type Kill = FactOf<'oom-kill'>;

const killIn = (
  evidence: Evidence,
  moment: Moment,
  isVictim: (kill: Kill) => boolean,
): Kill | null =>
  reportsIn(evidence, moment).find((kill) => kill.ranOut !== null && isVictim(kill)) ?? null;

/** Of a unit of which nobody knows how it ended, nor when, another process may have been killed long before. */
const isPlaced = ({ unit, exit }: DeathRecord): boolean => !unit || exit !== null;

const killOf = (evidence: Evidence, death: DeathRecord): Kill | null =>
  mayBeKilled(death)
    ? killIn(
        evidence,
        momentOf(death),
        ({ pid, victimGroup }) =>
          death.panes.some((pane) => pane.pid === pid) ||
          (isSessionGroup(evidence, death, victimGroup) && isPlaced(death)),
      )
    : null;

const judged = (evidence: Evidence, kills: readonly [Kill, ...Kill[]], who: string): Verdict => {
  const [first] = kills;
  return verdict({
    cause: first.ranOut === 'cgroup' ? 'oom-cgroup' : 'oom-system',
    scope: evidence.serverEnd ? 'server' : 'session',
    summary: `out of memory: the kernel killed ${who}: ${limitText(first)}`,
    signal: namedSignal(SIGKILL),
    evidence: inOrder([...kills.map(factLine), ...exitLines(evidence)]),
  });
};

const ofServer = (evidence: Evidence): Verdict | null => {
  const { server, serverEnd, deaths } = evidence;
  const moment = serverMoment(evidence);
  if (!moment || serverEnd?.how === 'exited') return null;
  const kill = killIn(evidence, moment, ({ pid }) => pid === server.instance?.pid);
  const who = `the tmux server ${quoted(server.name)}, and ${sessionsText(deaths.length)} ended with it`;
  return kill && judged(evidence, [kill], who);
};

const ofSessions = (evidence: Evidence): Verdict | null => {
  const { deaths, serverEnd } = evidence;
  if (serverEnd) return null;
  const kills = allKnown(deaths.map((death) => killOf(evidence, death)));
  const isSame = ({ ranOut, limitGroup }: Kill): boolean =>
    ranOut === kills?.[0].ranOut && limitGroup === kills[0].limitGroup;
  if (!kills?.every(isSame)) return null;
  const [{ session } = { session: '' }] = deaths;
  const who = deaths.length === 1 ? `a program of ${quoted(session)}` : sessionsOf(deaths);
  return judged(evidence, kills, who);
};

export const writtenOom: Rule = {
  name: 'written-oom',
  sentence:
    'Nothing was witnessed, but the kernel wrote down that it killed the server, or a program of each session, for want of memory.',
  judge: (evidence) => ofServer(evidence) ?? ofSessions(evidence),
};
