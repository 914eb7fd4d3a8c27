import type { DeathRecord } from '../../model/events/death.ts';
import type { Verdict } from '../../model/events/incident.ts';
import { allKnown } from '../all-known.ts';
import type { Evidence } from '../evidence.ts';
import { mayBeKilled } from '../exits.ts';
import { type Moment, momentOf, serverMoment } from '../moments.ts';
import { quoted, sessionsOf, shortened } from '../naming.ts';
import type { Rule } from '../rule.ts';
import { isSessionGroup, serverUnit } from '../server-unit.ts';
import { namedSignal, SIGKILL } from '../signals.ts';
import { sessionsText, verdict } from '../wording.ts';
import { type FactOf, factLine, factsOf, isBetween } from '../written/facts.ts';
import { oomdWithinMs } from '../written/oomd.ts';

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

const killOf = (evidence: Evidence, death: DeathRecord): Kill | null => {
  if (!mayBeKilled(death)) return null;
  const moment = momentOf(death);
  const isIt = (kill: Kill): boolean =>
    isIn(kill, moment) && isSessionGroup(evidence, death, kill.group);
  return factsOf(evidence, 'oomd-kill').find(isIt) ?? null;
};

const ofSessions = (evidence: Evidence): [Kill, ...Kill[]] | null =>
  evidence.serverEnd ? null : allKnown(evidence.deaths.map((death) => killOf(evidence, death)));

const judged = (
  { server, deaths, serverEnd }: Evidence,
  kills: readonly [Kill, ...Kill[]],
): Verdict => {
  const [{ group }] = kills;
  const who = serverEnd
    ? `the tmux server ${quoted(server.name)}, and ${sessionsText(deaths.length)} ended with it`
    : sessionsOf(deaths);
  return verdict({
    cause: 'oomd',
    scope: serverEnd ? 'server' : 'session',
    summary: `systemd-oomd killed ${who} (${shortened(group, 80)})`,
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
    const kills: readonly [Kill, ...Kill[]] | null = server ? [server] : ofSessions(evidence);
    return kills && judged(evidence, kills);
  },
};
