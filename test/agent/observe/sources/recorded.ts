import type { Printed } from '../../../../agent/observe/sources/journal.ts';
import {
  type JournalEntry,
  parseEntries,
} from '../../../../agent/observe/sources/parse/journal-entry.ts';

/** What journalctl printed, all of it. */
export const printed = (text: string): Printed => ({ text, whole: true });

/** One document of `journalctl --output=json`, with the fields that are asked for. */
export type Document = Record<string, unknown>;

/** The one entry that a document is. */
export const entryOf = (document: Document): JournalEntry => {
  const [entry] = parseEntries(JSON.stringify(document));
  if (!entry) throw new Error('this is no entry');
  return entry;
};

/** Recorded from systemd 257 on Debian 13: who it is that writes, by the journal's own word. */
export const manager: Document = {
  ...{ _PID: '1', _UID: '0', _COMM: 'systemd', _EXE: '/usr/lib/systemd/systemd' },
  ...{ _TRANSPORT: 'journal', _SYSTEMD_UNIT: 'init.scope', SYSLOG_IDENTIFIER: 'systemd' },
  ...{ __REALTIME_TIMESTAMP: '1795274341112494', _BOOT_ID: '6f802521f9614a7bad1af2a610b3b989' },
  _SOURCE_REALTIME_TIMESTAMP: '1795274341112000',
};

export const logind: Document = {
  ...{ _PID: '48', _UID: '0', _COMM: 'systemd-logind', _EXE: '/usr/lib/systemd/systemd-logind' },
  ...{ _TRANSPORT: 'journal', _SYSTEMD_UNIT: 'systemd-logind.service' },
  ...{ __REALTIME_TIMESTAMP: '1795273836517147', _SOURCE_REALTIME_TIMESTAMP: '1795273836517104' },
};

/** An ordinary program of an ordinary user, in a login session: it may put into the other fields what it likes. */
export const anybody: Document = {
  ...{ _PID: '4711', _UID: '1000', _COMM: 'logger', _EXE: '/usr/bin/logger' },
  ...{ _TRANSPORT: 'journal', _SYSTEMD_UNIT: 'session-3.scope' },
  ...{ __REALTIME_TIMESTAMP: '1795274341112494', _SOURCE_REALTIME_TIMESTAMP: '1795274341112000' },
};

/** A line of the kernel in the journal (`map_…` of journald-kmsg.c). */
export const kernel = (MESSAGE: string): Document => ({
  ...{ _TRANSPORT: 'kernel', SYSLOG_FACILITY: '0', SYSLOG_IDENTIFIER: 'kernel', PRIORITY: '6' },
  ...{ __REALTIME_TIMESTAMP: '1795274341112494', MESSAGE },
});

/** A record of the kernel's audit in the journal (`process_audit_string` of journald-audit.c). */
export const audit = (type: number, id: number, MESSAGE: string): Document => ({
  ...{ _TRANSPORT: 'audit', _AUDIT_TYPE: String(type), _AUDIT_ID: String(id), MESSAGE },
  ...{ _PID: '15732', _UID: '1000', __REALTIME_TIMESTAMP: '1795274341112494' },
});
