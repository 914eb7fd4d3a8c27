import { nameOfSilence } from '../../model/alert-name.ts';
import type { Catalogue, Event } from '../../model/event.ts';
import type { Requester } from '../../model/events/action.ts';
import type { BotRef } from '../../model/events/bot.ts';
import type { ExitStatus } from '../../model/events/death.ts';
import type { Remote } from '../../model/events/remote.ts';
import { forecastSubject, forecastText } from '../../model/forecast-text.ts';
import { plural } from '../../model/plural.ts';
import type { Context } from './context.ts';

const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(1)} s`;

const shownNames = 5;

const names = (sessions: readonly string[]): string => {
  const more = sessions.length - shownNames;
  return `${sessions.slice(0, shownNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const ending = (exit: ExitStatus | null): string => {
  if (exit === null) return 'how its program ended is not known';
  return exit.signal === null
    ? `its program exited with status ${exit.status}`
    : `its program was ended by signal ${exit.signal}`;
};

const remoteText = ({ user, name }: Remote): string => `Telegram user ${user} (${name})`;

const whoAsked = ({ uid, remote }: Requester): string =>
  remote ? remoteText(remote) : `uid ${uid}`;

const actionText = (action: string, { actions }: Context): string => {
  const known = actions.get(action);
  if (!known) return `action ${action}`;
  const { kind, target, reason, by } = known;
  const who = by ? ` by ${whoAsked(by)}` : '';
  return `${kind} of ${target.session ?? target.server} (${reason}${who})`;
};

const decisionText = ({ decision, reason, target }: Catalogue['decision.made']): string => {
  const subject = target.session ?? `server ${target.server}`;
  switch (decision) {
    case 'suspend':
      return `Holdfast gave up on bringing ${subject} back (${reason})`;
    case 'leave':
    case 'stop':
      return `Holdfast leaves ${subject} as it ended (${reason})`;
    case 'close':
      return `${subject} stays up again: its restarts are counted anew (${reason})`;
    default:
      return `Holdfast brings ${subject} back again (${reason})`;
  }
};

const botText = ({ session, bot }: BotRef): string =>
  bot === '' ? `The bot of session ${session}` : `Bot ${bot} of session ${session}`;

/** What happened, in one sentence; not yet clean of what strangers wrote. */
export const sentence = ({ type, data }: Event, context: Context): string => {
  switch (type) {
    case 'agent.started':
      return `Holdfast ${data.version} started${data.previous && !data.previous.clean ? '; the run before it did not end in order' : ''}`;
    case 'agent.stopping':
      return `Holdfast stops (${data.reason})`;
    case 'config.applied':
      return `The configuration of ${data.source} is in force: ${plural(data.sessions, 'session')}, ${plural(data.servers.length, 'server')}`;
    case 'config.rejected':
      return `The configuration was refused, the one before stays in force: ${plural(data.problems, 'problem')}, first: ${data.first}`;
    case 'link.connected':
      return `The link of ${data.owner} connected`;
    case 'link.lost':
      return `The link of ${data.owner} is lost: ${data.reason}`;
    case 'server.found':
      return `The ${data.managed ? 'managed' : 'adopted'} tmux server ${data.server} answers, pid ${data.instance.pid}`;
    case 'server.died':
      return `The tmux server ${data.server} died (${data.how}) with ${plural(data.lives, 'session')}`;
    case 'server.socket_lost':
      return `The socket of tmux server ${data.server} is gone; the server lives on`;
    case 'server.socket_restored':
      return `The socket of tmux server ${data.server} is back after ${seconds(data.afterMs)}`;
    case 'server.hung':
      return `The tmux server ${data.server} does not answer (process state ${data.processState})`;
    case 'server.resumed':
      return `The tmux server ${data.server} answers again after ${seconds(data.afterMs)}`;
    case 'supervision.started':
      return `Session ${data.session} is supervised (${data.found})`;
    case 'session.ended':
      return `Session ${data.session} ended as meant (${data.reason}) after ${seconds(data.ageMs)}`;
    case 'session.died':
      return `Session ${data.session} died after ${seconds(data.ageMs)}; ${ending(data.exit)}`;
    case 'health.changed':
      return `Session ${data.session} is ${data.to}${data.check === null ? '' : ` by its check ${data.check}`}: ${data.reason}`;
    case 'incident.opened':
      return `Incident ${data.incident} opened: ${names(data.sessions)}`;
    case 'incident.grew':
      return `Incident ${data.incident} grew: ${names(data.sessions)}`;
    case 'verdict.reached':
      return `Incident ${data.incident}: ${data.verdict.cause}, ${data.verdict.confidence}: ${data.verdict.summary}`;
    case 'decision.made':
      return decisionText(data);
    case 'action.done':
      return `Done: ${actionText(data.action, context)}`;
    case 'action.failed':
      return `Failed: ${actionText(data.action, context)}: ${data.message} (${data.code})`;
    case 'action.lost':
      return `Nobody can tell whether it was done: ${actionText(data.action, context)}: ${data.why}`;
    case 'alert.sent':
      return `Alert ${data.alert} (${data.kind}, ${data.severity}, ${data.status}) was sent to ${data.channel} after ${seconds(data.afterMs)}`;
    case 'alert.failed':
      return `Alert ${data.alert} (${data.kind}) did not reach ${data.channel}: ${data.message} (${data.code})`;
    case 'alert.acknowledged':
      return `Incident ${data.incident} was acknowledged by ${whoAsked(data.by)}`;
    case 'alert.silenced':
      return `Alerts of ${nameOfSilence(data) ?? 'everything'} are silenced by ${whoAsked(data.by)}: ${data.reason}`;
    case 'alert.unsilenced':
      return `Silence ${data.silence} was ended by ${whoAsked(data.by)}`;
    case 'forecast.warned':
      return `It goes on like this and ${forecastText(data, data.at)}`;
    case 'forecast.cleared':
      return `No warning any more of ${forecastSubject(data)} after ${seconds(data.afterMs)} (${data.end})`;
    case 'remote.paired':
      return `${remoteText(data.remote)} was paired`;
    case 'remote.unpaired':
      return `${remoteText(data.remote)} is no longer paired`;
    case 'remote.refused':
      return `${remoteText(data.remote)} is not paired and asked for ${data.what}: no answer was given`;
    case 'bot.connection_changed':
      return `${botText(data)} is ${data.to ?? 'heard'}${data.why ? `: ${data.why}` : ''}`;
    case 'bot.lost':
      return `${botText(data)} is not heard any more (${data.how}), and its session goes on`;
    case 'log.quarantined':
      return `The log of events was damaged or removed (${data.reason}); ${plural(data.salvaged, 'event')} saved`;
    case 'log.degraded':
      return `The disk took no events: ${data.message} (${data.code})`;
    case 'log.recovered':
      return `The disk takes events again after ${seconds(data.afterMs)}; ${data.queued} had waited`;
    default:
      return type;
  }
};
