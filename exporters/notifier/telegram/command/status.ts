import type { SessionStatus } from '../../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../../agent/model/status/unit-line.ts';
import { plural } from '../../../../agent/model/text/plural.ts';
import type { BotContext } from '../bot/context.ts';
import { sessionButtons } from '../bot/lookup.ts';
import { nameOf } from '../bot/names.ts';
import type { Talk } from '../bot/talk.ts';
import { foreign } from '../format/foreign.ts';
import { code, lines, type Rich } from '../format/rich.ts';
import { ago } from '../format/time.ts';
import { statusTexts } from '../texts/status.ts';
import { isDown } from './unit-lines.ts';

export const byStatus = (
  { sessions }: StatusDocument,
  status: SessionStatus['status'],
): SessionStatus[] => sessions.filter((session) => session.status === status);

const counts = (status: StatusDocument): string =>
  (['up', 'waiting', 'dead', 'stopped'] as const)
    .map((name) => ({ name, count: byStatus(status, name).length }))
    .filter(({ name, count }) => count > 0 || name === 'up')
    .map(({ name, count }) => `${count} ${name}`)
    .join(', ');

const unitStatuses: readonly UnitLine['status'][] = [
  ...(['up', 'restarting', 'failed', 'missing', 'stopped', 'unknown'] as const),
];

/** Nothing where none is declared. */
const unitCounts = ({ units = [] }: StatusDocument): Rich | null => {
  if (units.length === 0) return null;
  const counted = unitStatuses
    .map((name) => ({ name, count: units.filter(({ status }) => status === name).length }))
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`);
  return [statusTexts.units, counted.join(', ')];
};

const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

const machine = ({ host }: StatusDocument): Rich | null =>
  host &&
  statusTexts.machine(
    host.load[0].toFixed(2),
    gibibytes(host.memoryAvailableBytes),
    gibibytes(host.memoryTotalBytes),
  );

const shownDead = 5;

const namesLine = (label: string, dead: readonly string[]): Rich | null => {
  if (dead.length === 0) return null;
  const more = dead.length > shownDead ? ` and ${dead.length - shownDead} more` : '';
  const names = dead.slice(0, shownDead).map((name, i) => [i > 0 ? ', ' : '', code(name)]);
  return [label, names, more];
};

const newest = ({ incidents }: StatusDocument, now: number): Rich => {
  const last = incidents.reduce<(typeof incidents)[number] | null>(
    (latest, incident) => (latest === null || incident.at > latest.at ? incident : latest),
    null,
  );
  if (last === null) return statusTexts.noIncident;
  return [statusTexts.lastIncident, foreign(last.summary, 'plain', 300), ` (${ago(last.at, now)})`];
};

const unseenLine = ({ units = [], unitsUnseen = null }: StatusDocument): Rich[] =>
  units.length === 0 || unitsUnseen === null
    ? []
    : [[statusTexts.unseen, foreign(unitsUnseen, 'plain', 300)]];

const troubles = ({ agent, servers, links, silences = [] }: StatusDocument): Rich[] => [
  ...servers
    .filter(({ status }) => status !== 'alive')
    .map(({ server, status }) => statusTexts.server(server, status)),
  ...links.filter(({ connected }) => !connected).map(({ owner }) => statusTexts.link(owner)),
  ...(agent.log.status === 'degraded' ? [statusTexts.log(agent.log.code)] : []),
  ...(agent.refused ? [statusTexts.config] : []),
  ...(silences.length > 0 ? [statusTexts.silences(plural(silences.length, 'silence'))] : []),
];

/** How things are, on one screen. */
export const status = async (context: BotContext, talk: Talk): Promise<void> => {
  const document = await context.agent.call('status', {});
  const wrong = [...unseenLine(document), ...troubles(document)];
  const dead = byStatus(document, 'dead').map((session) => nameOf(document, session));
  const failed = (document.units ?? []).filter(isDown).map(({ name }) => name);
  const isWell = wrong.length === 0 && dead.length === 0 && failed.length === 0;
  await talk.say(
    lines(
      [
        `${isWell ? '🟢' : '🟠'} `,
        code(context.host, 80),
        ' ',
        foreign(document.agent.text, 'bold', 200),
      ],
      [statusTexts.sessions, counts(document)],
      unitCounts(document),
      namesLine(statusTexts.dead, dead),
      namesLine(statusTexts.failed, failed),
      ...wrong,
      machine(document),
      newest(document, context.now()),
    ),
    sessionButtons([...dead.slice(0, shownDead), ...failed.slice(0, shownDead)], 'why'),
  );
};
