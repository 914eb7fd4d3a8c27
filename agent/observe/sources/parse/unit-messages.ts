import type { SourceFact } from '../../../model/source-fact.ts';
import type { JournalEntry } from './journal-entry.ts';
import { countOf, named, said } from './said.ts';

type Fields = JournalEntry['fields'];
type Base = Pick<SourceFact, 'at' | 'source' | 'text'>;
type Reader = (fields: Fields, unit: string, base: Base) => SourceFact | null;

/** Only the first process writes as such: nobody else can have this pid and this user. */
const isFromManager = ({ fields }: JournalEntry): boolean =>
  fields.get('_PID') === '1' &&
  fields.get('_UID') === '0' &&
  fields.get('_TRANSPORT') === 'journal';

const job =
  (phase: 'begun' | 'finished'): Reader =>
  (fields, unit, base) => {
    const type = fields.get('JOB_TYPE');
    if (type === undefined) return null;
    const result = phase === 'begun' ? null : named(fields.get('JOB_RESULT') ?? 'done');
    return { ...base, kind: 'unit-job', unit, job: named(type), phase, result };
  };

/** Control processes (ExecReload=, ExecStop=, …) are told of by the same message. */
const exit: Reader = (fields, unit, base) => {
  if ((fields.get('COMMAND') ?? 'ExecStart') !== 'ExecStart') return null;
  const how = fields.get('EXIT_CODE');
  if (how !== 'exited' && how !== 'killed' && how !== 'dumped') return null;
  return { ...base, kind: 'unit-exit', unit, how, status: countOf(fields.get('EXIT_STATUS')) };
};

const result: Reader = (fields, unit, base) => ({
  ...{ ...base, kind: 'unit-result', unit, result: named(fields.get('UNIT_RESULT') ?? 'success') },
});

const oom =
  (by: 'kernel' | 'oomd'): Reader =>
  (_, unit, base) => ({ ...base, kind: 'unit-oom', unit, by });

/** The ids of systemd's messages (sd-messages.h, systemd.catalog); the same in all versions. */
const readers: ReadonlyMap<string, Reader> = new Map([
  ['7d4958e842da4a758f6c1cdc7b36dcc5', job('begun')],
  ['39f53479d3a045ac8e11786248231fbf', job('finished')],
  ['be02cf6855d2428ba40df7e9d022f03d', job('finished')],
  ['de5b426a63be47a7b6ac3eaac82e2f6f', job('begun')],
  ['9d1aaa27d60140bd96365438aad20286', job('finished')],
  ['d34d037fff1847e6ae669a370e694725', job('begun')],
  ['7b05ebc668384222baa8881179cfda54', job('finished')],
  ['98e322203f7a4ed290d09fe03c09fe15', exit],
  ['7ad2d189f7e94e70a38c781354912448', result],
  ['d9b373ed55a64feb8242e02dbe79a49c', result],
  ['fe6faa94e7774663a0da52717891d8ef', oom('kernel')],
  ['d989611b15e44c9dbf31e3c81256e4ed', oom('oomd')],
]);

/** `log_kill` and `unit_kill` in src/core/unit.c of systemd, after the name of the unit. */
const kill = /^: Killing process (\d{1,10}) \((.{0,64})\) with signal (SIG[A-Z0-9+-]{2,12})\.$/s;
const sent =
  /^: Sent signal (SIG[A-Z0-9+-]{2,12}) to [a-z]+ process (\d{1,10}) \((.{0,64})\) on client request\.$/s;

const signalOf = (message: string, unit: string, base: Base): SourceFact | null => {
  const rest = message.startsWith(unit) ? message.slice(unit.length) : '';
  const [, pid, comm = '', signal = ''] = kill.exec(rest) ?? [];
  const [, asked = '', askedPid, askedComm = ''] = sent.exec(rest) ?? [];
  const onRequest = askedPid !== undefined;
  if (pid === undefined && !onRequest) return null;
  return {
    ...{ ...base, kind: 'unit-signal', unit, pid: Number(pid ?? askedPid) },
    ...{ comm: named(onRequest ? askedComm : comm), signal: onRequest ? asked : signal, onRequest },
  };
};

/** `log_caller` in src/core/dbus-manager.c; systemd before 254 does not say who asked. */
const request =
  /^([A-Z][A-Za-z -]{1,40}) requested from client PID (\d{1,10})(?: \('(.{0,64})'\))?(?: \(unit ([^ ()]{1,256})\))?\.\.\.$/s;

const requestOf = (message: string, base: Base): SourceFact | null => {
  const match = request.exec(message);
  if (!match) return null;
  const [, what = '', pid, comm, unit] = match;
  return {
    ...{ ...base, kind: 'manager-request', request: what.toLowerCase(), pid: Number(pid) },
    ...{ comm: comm === undefined ? null : named(comm), unit: unit ?? null },
  };
};

/** What systemd said of one of its units, or of a client; null: nothing that ends a session, or not its own words. */
export const unitFact = (entry: JournalEntry, source: string): SourceFact | null => {
  if (!isFromManager(entry)) return null;
  const { at, fields } = entry;
  const message = fields.get('MESSAGE') ?? '';
  const base = { at, source, text: said(message) };
  const unit = fields.get('UNIT');
  if (unit === undefined) return requestOf(message, base);
  const read = readers.get(fields.get('MESSAGE_ID') ?? '');
  return read ? read(fields, named(unit), base) : signalOf(message, named(unit), base);
};
