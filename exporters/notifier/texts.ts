import { needText } from '../../agent/model/bot/needs-you.ts';
import type { BotNeed } from '../../agent/model/events/bot.ts';
import { type Headline, headlineOf, type Name } from '../../agent/model/text/headline.ts';
import { plural } from '../../agent/model/text/plural.ts';
import type { AlertKind } from './classify/alert.ts';

/** What headlines are made of; all of it printable, and of others. */
export interface Subject {
  server: Name;
  subject: Name;
  /** Null: there is none. */
  message: Name | null;
  /** `api`, `web and 3 more`; null: none is known. */
  sessions: Headline | null;
  /** Null: it does not say, or no bot is meant. */
  need: BotNeed | null;
}

type Headlines = Record<Exclude<AlertKind, 'session-died'>, (subject: Subject) => Headline>;

/** Of what an incident does not tell itself. */
const headlines: Headlines = {
  'session-failed': ({ sessions }) =>
    headlineOf`${sessions ?? ['a session']} is there and has failed`,
  'session-degraded': ({ sessions }) =>
    headlineOf`${sessions ?? ['a session']} works, and not well`,
  'session-waiting': ({ sessions }) => headlineOf`${sessions ?? ['a session']} waits for a person`,
  'recovery-stopped': ({ sessions, server }) =>
    headlineOf`${sessions ?? headlineOf`tmux server ${server}`}: brought back too often, Holdfast stopped trying`,
  'server-died': ({ server }) => headlineOf`tmux server ${server} died and is not back`,
  'server-hung': ({ server }) => headlineOf`tmux server ${server} does not answer`,
  'socket-lost': ({ server }) =>
    headlineOf`tmux server ${server} lost its socket and it cannot be made again`,
  'link-lost': ({ subject }) =>
    headlineOf`sessions of ${subject} are not watched: their link is gone`,
  'bot-needs-login': ({ sessions, need }) =>
    headlineOf`${sessions ?? ['a session']}: the bot needs you: ${[needText(need)]}`,
  'bot-logged-out': ({ sessions }) =>
    headlineOf`${sessions ?? ['a session']}: the bot was logged out`,
  'bot-disconnected': ({ sessions }) =>
    headlineOf`${sessions ?? ['a session']}: the bot has been without its service for long`,
  'refresh-failed': ({ sessions }) =>
    headlineOf`${sessions ?? ['a session']}: its login could not be renewed, Holdfast stopped trying`,
  'unit-died': ({ sessions }) =>
    headlineOf`unit ${sessions ?? ['of systemd']} died; systemd starts it again`,
  'unit-failed': ({ sessions }) =>
    headlineOf`unit ${sessions ?? ['of systemd']} is down: systemd has given it up`,
  'agent-killed': () => ['the Holdfast agent was killed and runs again'],
  'agent-silent': () => ['the Holdfast agent does not answer: nothing is watched'],
  'machine-restarted': () => ['the machine was restarted'],
  'config-rejected': () => ['the new configuration is refused; the old one stays in force'],
  'log-degraded': () => ['events cannot be stored'],
  'log-damaged': () => ['the log of events was damaged and has been rebuilt'],
  'events-lost': () => ['some events are lost: this report may not be whole'],
  'running-out': ({ message }) => headlineOf`${message ?? ['something is running out']}`,
  'person-paired': ({ message }) =>
    headlineOf`${message ?? ['somebody']} may now ask and act from the phone`,
  test: () => ['this is a test: alerts of this machine arrive here'],
};

/** Every text of alerts, in one place. Short: they are read on a phone, by somebody half awake. */
export const texts = {
  headlines,

  labels: {
    cause: 'cause',
    pattern: 'pattern',
    prevention: 'to prevent it',
    sure: 'how sure',
    notSeen: 'not seen',
    lived: 'lived',
    repeated: 'again',
    done: 'done',
    down: 'still down',
    message: 'detail',
    toDo: 'to do',
    acknowledged: 'known to',
  },

  causeUnknownYet: 'not yet known',
  again: (count: number) => `${count} times so far`,
  backSoon: (after: string) => `all is well again after ${after}`,

  deeds: {
    back: (session: string, after: string) => `${session} is back after ${after}`,
    undeclared: (session: string) => `${session} is no longer declared`,
    gaveUp: (after: string) => `brought back too often: Holdfast stopped trying after ${after}`,
    notStarted: (why: string) => `could not be started: ${why}`,
  },

  atTheMachine: (uid: number) => (uid === 0 ? 'root' : `uid ${uid}`),

  /** What many alerts in a short time become. */
  storm: {
    headline: (alerts: number, back: number): string =>
      `${plural(alerts, 'more alert')} in a short time${back > 0 ? `, ${back} of them over` : ''}`,
    sessions: 'sessions',
    worst: 'worst',
    first: 'first',
    look: 'holdfast incidents',
    lookLabel: 'all of them',
  },
};
