import type { JournalEntry } from './journal-entry.ts';

/** One record of the kernel's audit. Records of one event share its id. */
export interface AuditRecord {
  at: number;
  id: string;
  type: 'SYSCALL' | 'EXECVE' | 'OBJ_PID' | 'PROCTITLE';
  fields: ReadonlyMap<string, string>;
}

/** Types that only the kernel makes (linux/audit.h). Programs with the right to write records have others. */
const types: ReadonlyMap<string, AuditRecord['type']> = new Map([
  ['1300', 'SYSCALL'],
  ['1309', 'EXECVE'],
  ['1318', 'OBJ_PID'],
  ['1327', 'PROCTITLE'],
]);

/** `name=value` with a value in quotes or up to the next space. */
const assignment = /(?:^| )([a-z0-9_[\]-]{1,32})=(?:"([^"]*)"|(\S*))/g;

/** What a process may choose: bare it is hexadecimal, since it holds a quote, a space or worse. */
const chosen = /^(?:comm|ocomm|exe|proctitle|a\d{1,4}(?:\[\d+\])?)$/;

const unhexed = (text: string): string =>
  /^(?:[0-9A-F]{2})+$/.test(text) ? Buffer.from(text, 'hex').toString('utf8') : text;

const fieldsOf = (text: string, type: AuditRecord['type']): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, bare = ''] of text.matchAll(assignment)) {
    // The arguments of a system call are numbers in hexadecimal, those of a program are texts.
    const encoded = chosen.test(name) && (type === 'EXECVE' || !/^a\d/.test(name));
    if (!fields.has(name)) fields.set(name, quoted ?? (encoded ? unhexed(bare) : bare));
  }
  return fields;
};

/** A record as journald received it from the kernel; null: another type, or not from there. */
export const auditRecord = ({ at, fields }: JournalEntry): AuditRecord | null => {
  const type = types.get(fields.get('_AUDIT_TYPE') ?? '');
  const id = fields.get('_AUDIT_ID');
  const message = fields.get('MESSAGE') ?? '';
  if (fields.get('_TRANSPORT') !== 'audit' || type === undefined || id === undefined) return null;
  return { at, id, type, fields: fieldsOf(message, type) };
};
