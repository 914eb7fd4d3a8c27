import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { mayBeKilled } from '../exits.ts';
import { quoted, sessionsOf, shortened } from '../naming.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { sessionsText, verdict } from '../wording.ts';
import { oomdWithinMs } from '../written/memory.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/of-kind.ts';
import {
  isSessionGroup,
  type Moment,
  momentOf,
  serverMoment,
  serverUnit,
} from '../written/victims.ts';

type Kill = FactOf<'oomd-kill'>;

const isIn = (kill: Kill, { from, until }: Moment): boolean =>
  isBetween(from, until + oomdWithinMs)(kill);

/** It kills the unit of the server, or of the groups below it that of the server itself. */
const ofServer = (evidence: Evidence): Kill | null => {
  const moment = serverMoment(evidence);
  const unit = serverUnit(evidence);
  if (!moment || unit === null || evidence.serverEnd?.how === 'exited') return null;
  return (
    factsOf(evidence, 'oomd-kill').find(
      (kill) =>
        isIn(kill, moment) &&
        (kill.group.endsWith(`/${unit}`) || kill.group.endsWith(`/${unit}/server`)),
    ) ?? null
  );
};

const ofSessions = (evidence: Evidence): Kill[] | null => {
  const { deaths, serverEnd } = evidence;
  if (serverEnd) return null;
  const kills = deaths.map((death) =>
    mayBeKilled(death)
      ? factsOf(evidence, 'oomd-kill').find(
          (kill) => isIn(kill, momentOf(death)) && isSessionGroup(evidence, death, kill.group),
        )
      : undefined,
  );
  const known = kills.filter((kill) => kill !== undefined);
  return known.length > 0 && known.length === kills.length ? known : null;
};

const judged = ({ server, deaths, serverEnd }: Evidence, kills: readonly Kill[]): Verdict => {
  const [first] = kills;
  const who = serverEnd
    ? `the tmux server ${quoted(server.name)}, and ${sessionsText(deaths.length)} ended with it`
    : sessionsOf(deaths);
  return verdict({
    cause: 'oomd',
    scope: serverEnd ? 'server' : 'session',
    summary: `systemd-oomd killed ${who} (${shortened(first?.group ?? '', 80)})`,
    signal: namedSignal(SIGKILL),
    evidence: kills.slice(0, 12).map(factLine),
  });
};

export const writtenOomd: Rule = {
  name: 'written-oomd',
  sentence:
    'Nothing was witnessed, but systemd-oomd wrote down that it killed the cgroup of the server, or of each session.',
  judge: (evidence) => {
    const server = ofServer(evidence);
    const kills = server ? [server] : ofSessions(evidence);
    return kills && judged(evidence, kills);
  },
};
