import type { CoreDump } from '../../../model/source-fact/kernel.ts';
import type { JournalEntry } from './journal-entry.ts';
import { countOf, named, said, uidOf } from './said.ts';

/** SD_MESSAGE_COREDUMP of sd-messages.h. */
const messageId = 'fc2e22bc6ee647b6b90729ab34a250b1';

/** It writes as the user whose program crashed, but in a unit that only systemd starts. */
const senders = /^systemd-coredump@[^/]+\.service$/;

/** µs since the epoch, when the kernel asked for the dump; the entry comes once the dump is written. */
const crashedAt = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,17}$/.test(text) ? Number(text) / 1000 : null;

const nameOf = (fields: JournalEntry['fields'], ...keys: string[]): string | null => {
  const found = keys.map((key) => fields.get(key)).find((value) => value !== undefined);
  return found === undefined ? null : named(found);
};

/** What systemd-coredump said of a crash; null: something else, or not its own words. */
export const coreDump = ({ at, fields }: JournalEntry, source: string): CoreDump | null => {
  if (!senders.test(fields.get('_SYSTEMD_UNIT') ?? '')) return null;
  if (fields.get('MESSAGE_ID') !== messageId) return null;
  const [pid, signal] = [
    countOf(fields.get('COREDUMP_PID')),
    countOf(fields.get('COREDUMP_SIGNAL')),
  ];
  if (pid === null || signal === null) return null;
  const comm = nameOf(fields, 'COREDUMP_COMM') ?? '';
  const how = nameOf(fields, 'COREDUMP_SIGNAL_NAME') ?? `signal ${signal}`;
  return {
    ...{ kind: 'core-dump', at: crashedAt(fields.get('COREDUMP_TIMESTAMP')) ?? at, source },
    ...{ text: said(`${comm} (pid ${pid}) dumped core: ${how}`), pid, comm, signal },
    ...{ uid: uidOf(fields.get('COREDUMP_UID')), exe: nameOf(fields, 'COREDUMP_EXE') },
    unit: nameOf(fields, 'COREDUMP_USER_UNIT', 'COREDUMP_UNIT'),
  };
};
