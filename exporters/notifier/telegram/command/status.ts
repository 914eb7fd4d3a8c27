import { plural } from '../../../../agent/model/plural.ts';
import type { SessionStatus, StatusDocument } from '../../../../agent/model/status.ts';
import type { BotContext } from '../bot/context.ts';
import { nameOf, sessionButtons } from '../bot/lookup.ts';
import type { Talk } from '../bot/talk.ts';
import { foreign } from '../format/foreign.ts';
import { code, lines, type Rich } from '../format/rich.ts';
import { ago } from '../format/time.ts';
import { statusTexts } from '../texts/status.ts';

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

const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

const machine = ({ host }: StatusDocument): Rich | null =>
  host &&
  statusTexts.machine(
    host.load[0].toFixed(2),
    gibibytes(host.memoryAvailableBytes),
    gibibytes(host.memoryTotalBytes),
  );

const shownDead = 5;

const deadLine = (status: StatusDocument): Rich | null => {
  const dead = byStatus(status, 'dead').map((session) => nameOf(status, session));
  if (dead.length === 0) return null;
  const more = dead.length > shownDead ? ` and ${dead.length - shownDead} more` : '';
  const names = dead.slice(0, shownDead).map((name, i) => [i > 0 ? ', ' : '', code(name)]);
  return [statusTexts.dead, names, more];
};

const newest = ({ incidents }: StatusDocument, now: number): Rich => {
  const last = incidents.reduce<(typeof incidents)[number] | null>(
    (latest, incident) => (latest === null || incident.at > latest.at ? incident : latest),
    null,
  );
  if (last === null) return statusTexts.noIncident;
  return [statusTexts.lastIncident, foreign(last.summary, 'plain', 300), ` (${ago(last.at, now)})`];
};

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
  const wrong = troubles(document);
  const dead = byStatus(document, 'dead').map((session) => nameOf(document, session));
  const isWell = wrong.length === 0 && dead.length === 0;
  await talk.say(
    lines(
      [
        `${isWell ? '🟢' : '🟠'} `,
        code(context.host, 80),
        ' ',
        foreign(document.agent.text, 'bold', 200),
      ],
      [statusTexts.sessions, counts(document)],
      deadLine(document),
      ...wrong,
      machine(document),
      newest(document, context.now()),
    ),
    sessionButtons(dead.slice(0, shownDead), 'why'),
  );
};
