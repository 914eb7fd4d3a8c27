import type { Cause } from '../../../agent/model/events/incident.ts';
import { raise, type Severity } from '../../../agent/model/severity.ts';
import type { AlertSettings } from '../../../agent/protocol/notifier.ts';
import type { Alert } from './alert.ts';
import { type Book, entryOf } from './book.ts';

/** Of one death of one session. What a person or a program meant is less than what happened to it. */
const ofCause: Readonly<Record<Cause, Severity>> = {
  intended: 'info',
  'unit-stop': 'notice',
  'tmux-command': 'warning',
  'program-exit': 'warning',
  'program-crash': 'error',
  signal: 'error',
  'oom-cgroup': 'error',
  'oom-system': 'critical',
  oomd: 'error',
  rlimit: 'error',
  logout: 'error',
  shutdown: 'notice',
  'host-crash': 'error',
  'socket-lost': 'warning',
  'server-hung': 'critical',
  unknown: 'warning',
};

/** One thing that makes a death more or less serious. */
interface Rule {
  name: string;
  /** For docs/ALERTS.md. */
  sentence: string;
  steps(alert: Alert, book: Book, settings: AlertSettings): number;
}

/** A session that died so often within the hour has a trouble of its own. */
const manyDeaths = 3;
/** As many sessions at once are a trouble of the machine. */
const manySessions = 5;

const deathsOf = ({ deaths }: Book, { sessions }: Alert): number =>
  Math.max(0, ...sessions.map((session) => entryOf(deaths, session)?.length ?? 0));

const importances = ({ sessions }: Alert, settings: AlertSettings) =>
  sessions.map((session) => entryOf(settings.sessions, session)?.importance ?? 'normal');

export const severityRules: readonly Rule[] = [
  {
    name: 'clean-exit',
    sentence: 'The program ended by itself with status 0: one step less.',
    steps: ({ finding }) =>
      finding?.cause === 'program-exit' && finding.exitStatus === 0 ? -1 : 0,
  },
  {
    name: 'repeated',
    sentence: `A session died ${manyDeaths} times or more within the hour: one step more.`,
    steps: (alert, book) => (deathsOf(book, alert) >= manyDeaths ? 1 : 0),
  },
  {
    name: 'many',
    sentence: `${manySessions} sessions or more died of it: one step more.`,
    steps: ({ sessions }) => (sessions.length >= manySessions ? 1 : 0),
  },
  {
    name: 'gave-up',
    sentence: 'Holdfast brought it back too often and stopped: two steps more.',
    steps: ({ gaveUp }) => (gaveUp ? 2 : 0),
  },
  {
    name: 'important',
    sentence: 'One of the sessions has `importance: high`: one step more.',
    steps: (alert, _, settings) => (importances(alert, settings).includes('high') ? 1 : 0),
  },
  {
    name: 'unimportant',
    sentence: 'All of the sessions have `importance: low`: one step less.',
    steps: (alert, _, settings) =>
      alert.sessions.length > 0 && importances(alert, settings).every((one) => one === 'low')
        ? -1
        : 0,
  },
];

/** How serious a death is, by what is known of it now. */
export const severityOfDeath = (alert: Alert, book: Book, settings: AlertSettings): Severity => {
  const base = ofCause[alert.finding?.cause ?? 'unknown'] ?? 'warning';
  const steps = severityRules.reduce((sum, rule) => sum + rule.steps(alert, book, settings), 0);
  return raise(base, steps);
};

/** By cause, for docs/ALERTS.md. */
export const severityByCause = ofCause;
