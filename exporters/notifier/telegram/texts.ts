import { plural } from '../../../agent/model/plural.ts';
import type { Severity } from '../../../agent/model/severity.ts';
import { bold, code, foreign, italic, lines, type Rich } from './format/rich.ts';

/** Everything Holdfast says on Telegram: short, for somebody who was asleep a moment ago. */

const severities: Readonly<Record<Severity, string>> = {
  critical: '🔴 Critical',
  error: '🟠 Error',
  warning: '🟡 Warning',
  notice: '🔵 Notice',
  info: '⚪ Info',
};

export const cardTexts = {
  severity: (severity: Severity): string => severities[severity],
  resolved: '🟢 Resolved',
  acknowledged: '👍 Acknowledged',
  /** Before a name that looks like a state of ours. */
  named: 'named ',
  screen: (session: string): Rich => ['Last lines of ', code(session), ':'],
  buttons: {
    why: 'Why',
    screen: 'Screen',
    restart: 'Restart',
    acknowledge: 'Acknowledge',
    silence: 'Silence 1 h',
  },
} as const;

export const pairingTexts = {
  paired: (host: string): Rich =>
    lines(
      ['👋 You are paired with ', code(host), '. Alerts of this machine arrive here.'],
      'Send /status for how things are, /help for what else there is.',
    ),
  already: (host: string): Rich => ['You are paired with ', code(host), ' already. Send /help.'],
  removed: (host: string): Rich => ['You are no longer paired with ', code(host), '.'],
} as const;

export const pollingTexts = {
  conflict:
    'another program uses this token: of two that ask Telegram for messages only one gets each. Stop the other one, or ' +
    'give Holdfast a bot of its own',
  webhook:
    'a webhook is set for this bot, so its messages go there. Remove it, or give Holdfast a bot of its own',
  unauthorized: 'Telegram does not know this token: was it revoked? Put the new one into place',
  waiting: 'Telegram cannot be reached; trying again',
  back: 'Telegram answers again',
} as const;

export const answerTexts = {
  agentSilent: (message: string): Rich => ['⚠️ The agent does not answer: ', foreign(message)],
  notDone: (message: string): Rich => ['Not done: ', foreign(message)],
  notKnown: (message: string): Rich =>
    lines(
      ['Nobody knows whether it was done: ', foreign(message)],
      'Look with /status before you try again.',
    ),
  failed: 'Something went wrong here; the log of the notifier has it.',
  unknownCommand: (word: string): Rich => ['There is no ', code(`/${word}`, 40), '. Send /help.'],
  unreadable: 'Send a command; /help lists them.',
  forwarded: 'A forwarded message is not obeyed. Write it yourself.',
  oldButton: 'This button is too old.',
  goneSession: 'That session is not known any more.',
  noSession: (name: string): Rich => ['There is no session ', code(name), '.'],
  whichSession: 'Which session?',
  exactName: 'Only the exact name will do here. Which one?',
  noSessions: 'There are no sessions.',
  screensOff: 'Screens are turned off: alerts.telegram.screens in the configuration.',
  noScreen: (name: string): Rich => ['No screen of ', code(name), ' was kept.'],
  onePicture: 'The picture before is still being made, so here is the text.',
  onlyText: 'The picture could not be made, so here is the text.',
  screenOf: (name: string, when: string): Rich => [code(name), ` at ${when}`],
  lastScreenOf: (name: string, when: string): Rich => ['Last screen of ', code(name), `, ${when}`],
} as const;

export type Deed = 'restart' | 'start' | 'stop';

const warnings: Readonly<Record<Deed, string>> = {
  restart: 'What runs there now ends, and it begins anew.',
  start: 'It begins as the configuration says.',
  stop: 'What runs there now ends, and stays ended.',
};

const doing: Readonly<Record<Deed, string>> = {
  restart: 'Restarting',
  start: 'Starting',
  stop: 'Stopping',
};

const did: Readonly<Record<Deed, string>> = {
  restart: 'Restarted',
  start: 'Started',
  stop: 'Stopped',
};

const capital = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

export const deedTexts = {
  ask: (deed: Deed, name: string): Rich =>
    lines([bold(`${capital(deed)} `), code(name), bold('?')], warnings[deed]),
  yes: (deed: Deed): string => `Yes, ${deed}`,
  no: 'No',
  cancelled: (deed: Deed, name: string): Rich => [`Not done: ${deed} `, code(name), '.'],
  expired: 'Too late to confirm: ask again.',
  answered: 'Answered already.',
  notYours: 'Only who asked may confirm.',
  doing: (deed: Deed, name: string): Rich => [`⏳ ${doing[deed]} `, code(name), '…'],
  done: (deed: Deed, name: string): Rich => [`✅ ${did[deed]} `, code(name), '.'],
  failed: (deed: Deed, name: string, why: Rich): Rich => [
    `❌ ${capital(deed)} `,
    code(name),
    ': ',
    why,
  ],
} as const;

export const alertTexts = {
  acknowledged: (sessions: readonly string[]): Rich => [
    '👍 Acknowledged',
    sessions.length === 0
      ? ''
      : [
          ': ',
          code(sessions.slice(0, 5).join(', ')),
          sessions.length > 5 ? ` and ${sessions.length - 5} more` : '',
        ],
    '.',
  ],
  silenced: (session: string | null, until: string): Rich => [
    '🔕 ',
    session === null ? 'Everything' : code(session),
    ` is silenced until ${until}.`,
  ],
  unsilenced: (session: string | null): Rich => [
    '🔔 ',
    session === null ? 'Everything' : code(session),
    ' is no longer silenced.',
  ],
  endSilence: (session: string | null): string => `End: ${session ?? 'everything'}`,
  silences: bold('Silenced now'),
  noSilences: 'Nothing is silenced.',
  howToSilence: lines(
    ['Write ', code('/silence NAME 2h REASON'), ', or press:'],
    italic('Critical alerts are silenced too.'),
  ),
  everything: 'Everything 1 h',
  whichAll: lines(
    ['A session is called ', code('all'), ': is everything meant, or that session?'],
    'Either is silenced for 1 h.',
  ),
  noReason: 'asked for on Telegram',
  tooLong: 'A silence lasts from one minute to 30 days: 30m, 2h, 1d.',
} as const;

export const statusTexts = {
  sessions: 'Sessions: ',
  dead: '⚫ Dead: ',
  server: (server: string, status: string): Rich => [
    '⚠️ tmux server ',
    code(server),
    ` is ${status}`,
  ],
  link: (owner: string): Rich => ['⚠️ No link of ', code(owner)],
  log: (why: string): Rich => ['⚠️ The disk does not take events: ', code(why)],
  config: '⚠️ The newest configuration was refused; the one before is in force',
  silences: (count: string): string => `🔕 ${count}: /silence`,
  machine: (load: string, free: string, all: string): string =>
    `Load ${load}, ${free} of ${all} memory free`,
  lastIncident: 'Last incident: ',
  noIncident: 'No incident so far.',
} as const;

export const sessionTexts = {
  signs: { up: '🟢', waiting: '🟡', dead: '⚫', stopped: '⚪' },
  deaths: (count: number): string => plural(count, 'death'),
  more: (count: number): string => `and ${count} more`,
} as const;

export const incidentTexts = {
  none: 'There has been no incident.',
  title: (count: number): Rich => bold(`The last ${plural(count, 'incident')}`),
  evidence: bold('Evidence'),
  notSeen: bold('Not seen'),
  done: bold('What Holdfast did'),
  nothingDone: 'Nothing: it is not declared, or not to be brought back.',
  more: (count: number): Rich => italic(`and ${count} more: holdfast why`),
  noVerdict: 'The verdict is not reached yet.',
  button: (number: number): string => `Why ${number}`,
  lived: (time: string): string => `lived ${time}`,
  bySignal: (signal: number): string => `killed by signal ${signal}`,
  withStatus: (status: number): string => `exit status ${status}`,
  exitUnknown: 'exit not known',
  lastCommand: 'Last command: ',
} as const;

/** The menu of the chat, and what /help says. */
export const commandTexts = {
  status: 'How things are',
  sessions: 'All sessions',
  why: 'Why something died: NAME, or the newest',
  incidents: 'The last incidents',
  screen: 'The screen of a session: NAME, NAME text',
  restart: 'Restart a session: NAME',
  start: 'Start a session: NAME',
  stop: 'Stop a session: NAME',
  ack: 'Acknowledge the newest incident',
  silence: 'No alerts for a while: NAME 2h, all 30m',
  help: 'What there is',
} as const;
