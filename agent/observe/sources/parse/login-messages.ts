import type { LoginSession } from '../../../model/source-fact/login.ts';
import type { Shutdown } from '../../../model/source-fact/machine.ts';
import type { SourceFact } from '../../../model/source-fact.ts';
import type { JournalEntry } from './journal-entry.ts';
import { countOf, named, said } from './said.ts';

/** logind has no name on the bus that others could take, but a unit that others cannot be in. */
const isFromLogind = ({ fields }: JournalEntry): boolean =>
  fields.get('_SYSTEMD_UNIT') === 'systemd-logind.service' && fields.get('_UID') === '0';

/** sd-messages.h of systemd. */
const ids = {
  sessionStart: '8d45620c1a4348dbb17410da57c60c66',
  sessionStop: '3354939424b4456d9802ca8333ed424a',
  shutdown: '98268866d1d54a499c4e98921d93bc40',
  shutdownScheduled: '9e7066279dc8403da79ce4b1a69064b2',
};

const loggedOut = /^Session (\S{1,64}) logged out\. Waiting for processes to exit\.$/;

const phaseOf = (fields: JournalEntry['fields']): LoginSession['phase'] | null => {
  const id = fields.get('MESSAGE_ID');
  if (id === ids.sessionStart) return 'begun';
  if (id === ids.sessionStop) return 'removed';
  return loggedOut.test(fields.get('MESSAGE') ?? '') ? 'logged-out' : null;
};

const sessionOf = ({ at, fields }: JournalEntry, source: string): LoginSession | null => {
  const phase = phaseOf(fields);
  const message = fields.get('MESSAGE') ?? '';
  const session = fields.get('SESSION_ID') ?? loggedOut.exec(message)?.[1];
  if (phase === null || session === undefined) return null;
  const user = fields.get('USER_ID');
  return {
    ...{ kind: 'login-session', at, source, text: said(message), session: named(session), phase },
    ...{ user: user === undefined ? null : named(user), leader: countOf(fields.get('LEADER')) },
  };
};

/** src/login/logind-dbus.c; a reason may follow in parentheses. The longer beginning stands first. */
const goings: readonly [string, string][] = [
  ['System is rebooting with kexec', 'kexec'],
  ['System is rebooting', 'reboot'],
  ['System is powering down', 'poweroff'],
  ['System is halting', 'halt'],
  ['System userspace is rebooting', 'soft-reboot'],
  ['System is shutting down', 'shutdown'],
];

const actions: ReadonlySet<string> = new Set(goings.map(([, action]) => action));

const goingOf = (message: string): string =>
  goings.find(([beginning]) => message.startsWith(beginning))?.[1] ?? 'shutdown';

/** `dry-…` is said where somebody only tries. */
const announcedOf = (action: string | undefined): string | null => {
  if (action?.startsWith('dry-')) return null;
  return action !== undefined && actions.has(action) ? action : 'shutdown';
};

const shutdownOf = ({ at, fields }: JournalEntry, source: string): Shutdown | null => {
  const [id, message] = [fields.get('MESSAGE_ID'), fields.get('MESSAGE') ?? ''];
  const scheduled = id === ids.shutdownScheduled;
  if (!scheduled && id !== ids.shutdown) return null;
  const action = scheduled ? announcedOf(fields.get('ACTION')) : goingOf(message);
  if (action === null) return null;
  const operator = fields.get('OPERATOR');
  return {
    ...{ kind: 'shutdown', at, source, text: said(message), action },
    ...{ phase: scheduled ? 'announced' : 'begun' },
    operator: operator === undefined ? null : named(operator),
  };
};

/** What logind said of a session or of the whole machine; null: something else, or not its own words. */
export const loginFact = (entry: JournalEntry, source: string): SourceFact | null =>
  isFromLogind(entry) ? (sessionOf(entry, source) ?? shutdownOf(entry, source)) : null;
