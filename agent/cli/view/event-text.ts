import { nameOfSilence } from '../../model/alert-name.ts';
import { nameList } from '../../model/cause-text.ts';
import { duration } from '../../model/duration.ts';
import type { Catalogue, Event, EventType } from '../../model/event.ts';
import type { Requester } from '../../model/events/action.ts';
import type { Remote } from '../../model/events/remote.ts';
import { forecastSubject, forecastText } from '../../model/forecast-text.ts';
import { plural } from '../../model/plural.ts';
import { exitText } from './exit-status.ts';
import { dateTime } from './time.ts';

type Texts<Family extends string> = {
  [T in EventType as T extends `${Family}.${string}` ? T : never]: (data: Catalogue[T]) => string;
};

const agentTexts: Texts<'agent' | 'config' | 'link' | 'log' | 'events'> = {
  'agent.started': ({ version, pid, previous }) =>
    `agent ${version} started, pid ${pid}${previous && !previous.clean ? '; the run before it was killed' : ''}`,
  'agent.stopping': ({ reason }) => `agent stops (${reason})`,
  'config.applied': ({ source, sessions, servers }) =>
    `configuration of ${source}: ${plural(sessions, 'session')}, ${plural(servers.length, 'server')}`,
  'config.rejected': ({ problems, first }) =>
    `configuration refused: ${plural(problems, 'problem')}, first: ${first}`,
  'link.connected': ({ owner, tmux }) => `link of ${owner} connected, ${tmux}`,
  'link.lost': ({ owner, reason }) => `link of ${owner} lost: ${reason}`,
  'log.quarantined': ({ file, reason, salvaged }) =>
    file === ''
      ? `the log was written again (${reason}); ${plural(salvaged, 'event')} saved`
      : `damaged log set aside as ${file} (${reason}); ${plural(salvaged, 'event')} saved`,
  'log.degraded': ({ code, message }) => `the log takes no events now: ${message} (${code})`,
  'log.recovered': ({ queued, afterMs }) =>
    `the log takes events again after ${duration(afterMs)}; ${queued} had waited`,
  'events.gap': ({ from, to, reason }) => `events ${from} to ${to} are gone (${reason})`,
};

const serverTexts: Texts<'server'> = {
  'server.found': ({ version, instance, managed }) =>
    `${managed ? 'managed' : 'adopted'} tmux server ${version} found, pid ${instance.pid}`,
  'server.died': ({ how, lives, text }) =>
    `tmux server died (${how}) with ${plural(lives, 'session')}${text ? `: ${text}` : ''}`,
  'server.socket_lost': ({ socket }) => `the socket ${socket} is gone; the server lives on`,
  'server.socket_restored': ({ afterMs }) => `the socket is back after ${duration(afterMs)}`,
  'server.hung': ({ processState }) => `the server does not answer (process state ${processState})`,
  'server.resumed': ({ afterMs }) => `the server answers again after ${duration(afterMs)}`,
};

const sessionTexts: Texts<'session' | 'supervision'> = {
  'session.declared': ({ server }) => `declared on ${server}`,
  'session.undeclared': () => 'no longer declared',
  'session.created': ({ server, command }) => `created on ${server}: ${command}`,
  'supervision.started': ({ found, panes }) =>
    `supervised (${found}), ${plural(panes.length, 'pane')}`,
  'session.renamed': ({ from, to }) => `renamed from ${from} to ${to}`,
  'session.panes_changed': ({ panes, more }) => `now ${plural(panes.length + more, 'pane')}`,
  'session.ended': ({ reason, ageMs }) => `ended (${reason}) after ${duration(ageMs)}`,
  'session.died': ({ ageMs, exit }) => `died after ${duration(ageMs)}; ${exitText(exit)}`,
  'supervision.ended': ({ reason, supervisedMs }) =>
    `supervision ended (${reason}) after ${duration(supervisedMs)}`,
};

const incidentTexts: Texts<'incident' | 'verdict'> = {
  'incident.opened': ({ incident, sessions }) => `incident ${incident}: ${nameList(sessions)}`,
  'incident.grew': ({ incident, sessions }) => `incident ${incident} also: ${nameList(sessions)}`,
  'verdict.reached': ({ incident, verdict, confirms }) =>
    confirms
      ? `incident ${incident}: ${verdict.cause}, ${verdict.confidence}, as before; more evidence is known`
      : `incident ${incident}: ${verdict.cause}, ${verdict.confidence}: ${verdict.summary}`,
};

const actionTexts: Texts<'decision' | 'intent' | 'action'> = {
  'decision.made': ({ decision, reason, until }) =>
    `decided: ${decision} (${reason})${until === undefined ? '' : ` until ${dateTime(until)}`}`,
  'intent.declared': ({ by }) => `meant to end, asked by ${whoText(by)}`,
  'intent.expired': () => 'was meant to end and did not',
  'action.requested': ({ action, kind, reason, by }) =>
    `${kind} requested (${reason}${by ? ` by ${whoText(by)}` : ''}), action ${action}`,
  'action.done': ({ action, settled }) => `action ${action} done (${settled})`,
  'action.failed': ({ action, code, message }) => `action ${action} failed: ${message} (${code})`,
  'action.lost': ({ action, why }) => `action ${action} lost: ${why}`,
};

const remoteText = ({ channel, user, name }: Remote): string => `${name} (${channel} ${user})`;

/** Who asked: the person behind it, where one is known. */
export const whoText = ({ uid, session, remote }: Requester): string =>
  remote ? remoteText(remote) : `uid ${uid}${session ? ` from session ${session}` : ''}`;

const healthTexts: Texts<'health'> = {
  'health.changed': ({ from, to, check, reason }) =>
    `health ${from === null ? '' : `${from} -> `}${to}${check === null ? '' : ` by ${check}`}: ${reason}`,
};

const alertTexts: Texts<'alert' | 'remote'> = {
  'alert.sent': ({ alert, kind, severity, status, channel, afterMs }) =>
    `alert ${alert} (${kind}, ${severity}, ${status}) sent to ${channel} after ${duration(afterMs)}`,
  'alert.failed': ({ alert, kind, channel, code, message }) =>
    `alert ${alert} (${kind}) did not reach ${channel}: ${message} (${code})`,
  'alert.acknowledged': ({ incident, by }) => `incident ${incident} acknowledged by ${whoText(by)}`,
  'alert.silenced': ({ until, reason, by, ...silence }) =>
    `alerts of ${nameOfSilence(silence) ?? 'everything'} silenced until ${dateTime(until)} by ${whoText(by)}${reason ? `: ${reason}` : ''}`,
  'alert.unsilenced': ({ silence, by }) => `silence ${silence} ended by ${whoText(by)}`,
  'remote.paired': ({ remote }) => `${remoteText(remote)} paired`,
  'remote.unpaired': ({ remote }) => `${remoteText(remote)} no longer paired`,
  'remote.refused': ({ remote, what }) =>
    `${remoteText(remote)} is not paired and asked for ${what}`,
};

const forecastTexts: Texts<'forecast'> = {
  'forecast.warned': (data) => forecastText(data, data.at),
  'forecast.cleared': ({ afterMs, end, ...subject }) =>
    `${forecastSubject(subject)}: no warning any more after ${duration(afterMs)} (${end})`,
};

const botName = ({ bot }: { bot: string }): string => (bot === '' ? 'its bot' : `its bot ${bot}`);

const leftOutText = (count: number, what: string): string =>
  count > 0 ? `; ${plural(count, what)} before left out` : '';

const timeText = (at: number | null): string => (at === null ? 'unknown' : dateTime(at));

const botTexts: Texts<'bot'> = {
  'bot.connection_changed': ({ from, to, why, needs, leftOut, ...bot }) =>
    `${botName(bot)} ${to ?? 'is heard'}${from === null ? '' : `, was ${from}`}${needs ? `; needs: ${needs}` : ''}${why ? `: ${why}` : ''}${leftOutText(leftOut, 'change')}`,
  'bot.session_changed': ({ refreshedAt, expiresAt, ...bot }) =>
    `login of ${botName(bot)} refreshed ${timeText(refreshedAt)}, expires ${timeText(expiresAt)}`,
  'bot.error': ({ name, message, leftOut, ...bot }) =>
    `${botName(bot)}: ${name}: ${message}${leftOutText(leftOut, 'error')}`,
  'bot.lost': ({ how, ...bot }) =>
    how === 'closed' ? `${botName(bot)} went away` : `${botName(bot)} is not heard any more`,
};

const texts: { [T in EventType]: (data: Catalogue[T]) => string } = {
  ...agentTexts,
  ...serverTexts,
  ...sessionTexts,
  ...healthTexts,
  ...incidentTexts,
  ...actionTexts,
  ...alertTexts,
  ...forecastTexts,
  ...botTexts,
};

/** What an event says, in a few words; not yet made printable. A type of a newer release says its data. */
export const eventText = (event: Event): string => {
  const known = Object.hasOwn(texts, event.type) ? texts[event.type] : undefined;
  return known ? (known as (data: unknown) => string)(event.data) : JSON.stringify(event.data);
};

/** The session an event is about, else its server, else nothing. */
export const subjectOf = (event: Event): string => {
  const data = event.data as {
    session?: string;
    server?: string;
    target?: Catalogue['decision.made']['target'];
  };
  return data.session ?? data.target?.session ?? data.server ?? data.target?.server ?? '';
};

/** Whether an event is about the session: by name, or as one of many. */
export const concerns = (event: Event, session: string): boolean => {
  const data = event.data as {
    session?: string;
    sessions?: unknown;
    target?: { session: string | null };
  };
  const { sessions } = data;
  return (
    data.session === session ||
    data.target?.session === session ||
    (Array.isArray(sessions) && sessions.includes(session))
  );
};
