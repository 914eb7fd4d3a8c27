import type { Verdict } from '../../model/events/incident.ts';
import type { Evidence, Rule } from '../evidence.ts';
import { quoted, shortened, summaryOf } from '../naming.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type FactOf, factLine, factsOf } from '../written/of-kind.ts';
import {
  isSessionGroup,
  mayBeKilled,
  momentOf,
  serverMoment,
  serverUnit,
} from '../written/victims.ts';

type Kill = FactOf<'oomd-kill'>;

/** systemd-oomd says what it killed once it is done with it. ms */
const afterMs = 5000;

const isIn = ({ at }: Kill, { from, until }: { from: number; until: number }): boolean =>
  at >= from && at <= until + afterMs;

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
  const [{ session } = { session: '' }] = deaths;
  const who = serverEnd
    ? `the tmux server ${quoted(server.name)}, and ${sessionsText(deaths.length)} ended with it`
    : deaths.length === 1
      ? quoted(session)
      : sessionsText(deaths.length);
  return verdict({
    cause: 'oomd',
    scope: serverEnd ? 'server' : 'session',
    summary: summaryOf(`systemd-oomd killed ${who} (${shortened(first?.group ?? '', 80)})`),
    signal: { name: 'SIGKILL', number: 9 },
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
