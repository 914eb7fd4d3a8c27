import type { Authorization, RunAs } from '../../../model/source-fact/login.ts';
import type { JournalEntry } from './journal-entry.ts';
import { countOf, named, said } from './said.ts';

/** Where distributions install it. The path is the kernel's word; the name of a process is its own. */
export const sudos: ReadonlySet<string> = new Set([
  '/usr/bin/sudo',
  '/bin/sudo',
  '/usr/local/bin/sudo',
]);

/** `USER : TTY=… ; PWD=… ; USER=… ; COMMAND=…`; a refusal has words instead of the first assignment (sudoers(5)). */
const ran = /^ *\S+ : (?:[A-Z]+=.* ; )?USER=([^ ;]+) ; (?:[A-Z]+=[^;]* ; )*COMMAND=(.*)$/s;

/**
 * A command that was run through sudo; null: something else. Who asked is the kernel's word; the name in the text
 * is not used. A directory or an argument that looks like another part of the line makes it worthless.
 */
export const runAs = ({ at, fields }: JournalEntry, source: string): RunAs | null => {
  const [uid, pid] = [countOf(fields.get('_UID')), countOf(fields.get('_PID'))];
  const message = fields.get('MESSAGE') ?? '';
  if (uid === null || pid === null || !sudos.has(fields.get('_EXE') ?? '')) return null;
  if (message.split('; COMMAND=').length !== 2 || message.split('; USER=').length > 2) return null;
  const [, asUser = '', command = ''] = ran.exec(message) ?? [];
  if (asUser === '') return null;
  const shown = said(command);
  const text = said(`uid ${uid} ran as ${asUser}: ${command}`);
  return { kind: 'run-as', at, source, text, uid, pid, asUser: named(asUser), command: shown };
};

/** polkitbackendinteractiveauthority.c. In brackets is a command line, which is the subject's own. */
const authorized =
  /^Operator of \S+ (successfully authenticated as \S+ to gain (?:ONE-SHOT|TEMPORARY)|FAILED to authenticate to gain) authorization for action ([A-Za-z0-9.-]{1,200}) for \S+ \[(.*)\] \(owned by unix-user:([^ ()]+)\)$/s;

/** Somebody who was asked for a password by polkit; null: something else, or not the words of polkit. */
export const authorization = (
  { at, fields }: JournalEntry,
  source: string,
): Authorization | null => {
  if (fields.get('_SYSTEMD_UNIT') !== 'polkit.service') return null;
  const match = authorized.exec(fields.get('MESSAGE') ?? '');
  if (!match) return null;
  const [, how = '', action = '', line = '', owner = ''] = match;
  const granted = how.startsWith('successfully');
  const text = said(`${owner} was ${granted ? 'allowed' : 'refused'} ${action}: ${line}`);
  const rest = { action, granted, owner: named(owner), command: said(line) };
  return { kind: 'authorization', at, source, text, ...rest };
};
