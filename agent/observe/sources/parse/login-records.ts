import type { SourceFact } from '../../../model/source-fact.ts';
import { named, said } from './said.ts';

/** Where the fields of `struct utmp` lie that differ between machines (utmp(5), bits/utmp.h of glibc), bytes. */
interface Layout {
  size: number;
  seconds: number;
  microseconds: number;
  wide: boolean;
}

/** x86-64 keeps the sizes of 32 bits. */
const narrow: Layout = { size: 384, seconds: 340, microseconds: 344, wide: false };
/** aarch64 never had any. */
const wide: Layout = { size: 400, seconds: 344, microseconds: 352, wide: true };

export const layoutOf = (arch: string): Layout => (arch === 'arm64' ? wide : narrow);

/** The values of `ut_type` that matter here. */
const types = { runLevel: 1, bootTime: 2, userProcess: 7, deadProcess: 8 };

interface LoginRecord {
  at: number;
  type: number;
  pid: number;
  line: string;
  user: string;
  host: string;
}

/** Up to the first NUL, or full. */
const textIn = (bytes: Buffer, start: number, length: number): string => {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
};

const timeIn = (bytes: Buffer, { seconds, microseconds, wide: isWide }: Layout): number => {
  const read = (at: number): number =>
    isWide ? Number(bytes.readBigInt64LE(at)) : bytes.readUInt32LE(at);
  return read(seconds) * 1000 + read(microseconds) / 1000;
};

const recordOf = (bytes: Buffer, layout: Layout): LoginRecord => ({
  at: timeIn(bytes, layout),
  type: bytes.readInt16LE(0),
  pid: bytes.readInt32LE(4),
  ...{ line: textIn(bytes, 8, 32), user: textIn(bytes, 44, 32), host: textIn(bytes, 76, 256) },
});

/** What tmux and screen have written for their panes by utempter(3): nobody logged in there. */
const isPane = ({ host }: LoginRecord): boolean => /^(?:tmux\(\d+\)|:pts\/|screen)/.test(host);

/** Who is logged in where, as far as was read; a pane stands for itself. */
type Terminals = Map<string, LoginRecord>;

const loginOf = (record: LoginRecord, source: string): SourceFact | null => {
  if (isPane(record)) return null;
  const { at, pid } = record;
  const [terminal, user] = [named(record.line), named(record.user)];
  const text = said(`${user} logged in at ${terminal}`);
  return { kind: 'terminal-login', at, source, text, phase: 'begun', terminal, pid, user };
};

/** The record of an end does not say whose it is. */
const logoutOf = (
  { at, pid, line }: LoginRecord,
  begun: LoginRecord | undefined,
  source: string,
): SourceFact | null => {
  if (begun && isPane(begun)) return null;
  const [terminal, user] = [named(line), begun ? named(begun.user) : null];
  const text = said(`the login at ${terminal} ended`);
  return { kind: 'terminal-login', at, source, text, phase: 'ended', terminal, pid, user };
};

const terminalFact = (
  record: LoginRecord,
  terminals: Terminals,
  source: string,
): SourceFact | null => {
  const { type, line } = record;
  if (line === '') return null;
  if (type === types.userProcess) {
    terminals.set(line, record);
    return loginOf(record, source);
  }
  const begun = terminals.get(line);
  terminals.delete(line);
  return logoutOf(record, begun, source);
};

const bootOf = ({ at, type, user }: LoginRecord, source: string): SourceFact | null => {
  if (type === types.bootTime) {
    return { kind: 'boot-record', at, source, what: 'boot', text: 'the machine started' };
  }
  if (user !== 'shutdown') return null;
  return { kind: 'boot-record', at, source, what: 'shutdown', text: 'the machine was shut down' };
};

const isOfMachine = ({ type }: LoginRecord): boolean =>
  type === types.bootTime || type === types.runLevel;

const isOfTerminal = ({ type }: LoginRecord): boolean =>
  type === types.userProcess || type === types.deadProcess;

/** Records of /var/log/wtmp, oldest first; a torn one at the end is left out. Pure, total. */
export const loginRecords = (bytes: Buffer, layout: Layout, source: string): SourceFact[] => {
  const terminals: Terminals = new Map();
  const facts: SourceFact[] = [];
  for (let end = layout.size; end <= bytes.length; end += layout.size) {
    const record = recordOf(bytes.subarray(end - layout.size, end), layout);
    if (isOfMachine(record)) terminals.clear();
    const fact = isOfMachine(record)
      ? bootOf(record, source)
      : isOfTerminal(record)
        ? terminalFact(record, terminals, source)
        : null;
    if (fact) facts.push(fact);
  }
  return facts;
};
