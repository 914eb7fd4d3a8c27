import { redactCommand } from '../../../model/redaction.ts';
import type { AuditedSignal } from '../../../model/source-fact/kernel.ts';
import type { AuditRecord } from './audit-record.ts';
import { countOf, named, said, uidOf } from './said.ts';

/** Which argument of a system call is the signal, by architecture of audit (linux/audit.h) and number (syscalls(2)). */
const signalArguments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // x86_64: kill, rt_sigqueueinfo, tkill, tgkill, rt_tgsigqueueinfo, pidfd_send_signal
  c000003e: { 62: 'a1', 129: 'a1', 200: 'a1', 234: 'a2', 297: 'a2', 424: 'a1' },
  // aarch64
  c00000b7: { 129: 'a1', 138: 'a1', 130: 'a1', 131: 'a2', 240: 'a2', 424: 'a1' },
};

const table = new Map(
  Object.entries(signalArguments).map(([arch, calls]) => [arch, new Map(Object.entries(calls))]),
);

const signalOf = ({ fields }: AuditRecord): number | null => {
  const argument = table.get(fields.get('arch') ?? '')?.get(fields.get('syscall') ?? '');
  const value = argument === undefined ? undefined : fields.get(argument);
  if (value === undefined || !/^[0-9a-f]{1,16}$/.test(value)) return null;
  const signal = Number.parseInt(value, 16);
  return signal >= 1 && signal <= 64 ? signal : null;
};

/** `argc=3 a0="kill" a1="-9" a2="815"`; the kernel parts long arguments, of which the first part does. */
const commandLine = ({ fields }: AuditRecord): string | null => {
  const count = Math.min(countOf(fields.get('argc')) ?? 0, 64);
  const argv = Array.from(
    { length: count },
    (_, i) => fields.get(`a${i}`) ?? fields.get(`a${i}[0]`) ?? '',
  );
  return count === 0 ? null : said(redactCommand(argv).text);
};

/** What the sender called itself when it sent, up to 128 bytes: it may have changed it, so its exec is better. */
const title = (event: readonly AuditRecord[]): string | null => {
  const text = event.find(({ type }) => type === 'PROCTITLE')?.fields.get('proctitle');
  return text === undefined || text === '(null)' ? null : said(redactCommand(text).text);
};

/** Records of one event, by its id. */
const byEvent = (records: readonly AuditRecord[]): AuditRecord[][] => {
  const events = new Map<string, AuditRecord[]>();
  for (const record of records) {
    const event = events.get(record.id) ?? [];
    event.push(record);
    events.set(record.id, event);
  }
  return [...events.values()];
};

const senderOf = (
  { fields }: AuditRecord,
  commandOf: (pid: number) => string | null,
): AuditedSignal['sender'] | null => {
  const pid = countOf(fields.get('pid'));
  if (pid === null) return null;
  const exe = fields.get('exe');
  return {
    ...{ pid, ppid: countOf(fields.get('ppid')), comm: named(fields.get('comm') ?? '') },
    exe: exe === undefined || exe === '(null)' ? null : named(exe),
    ...{ uid: uidOf(fields.get('uid')), loginUid: uidOf(fields.get('auid')) },
    ...{ auditSession: uidOf(fields.get('ses')), cmdline: commandOf(pid) },
  };
};

const victimsOf = (event: readonly AuditRecord[]): AuditedSignal['victims'] =>
  event.flatMap(({ type, fields }) => {
    const pid = type === 'OBJ_PID' ? countOf(fields.get('opid')) : null;
    return pid === null ? [] : [{ pid, comm: named(fields.get('ocomm') ?? '') }];
  });

const signalFact = (
  call: AuditRecord,
  event: readonly AuditRecord[],
  commands: ReadonlyMap<number, string>,
  source: string,
): AuditedSignal | null => {
  const signal = call.fields.get('success') === 'yes' ? signalOf(call) : null;
  const sender = senderOf(call, (pid) => commands.get(pid) ?? title(event));
  const victims = victimsOf(event);
  if (signal === null || sender === null || victims.length === 0) return null;
  const who = sender.cmdline ?? sender.comm;
  const whom = victims.map(({ pid, comm }) => `${comm} (pid ${pid})`).join(', ');
  const text = said(`pid ${sender.pid} sent signal ${signal} to ${whom}: ${who}`);
  return { kind: 'audited-signal', at: call.at, source, text, signal, sender, victims };
};

/** Signals that were sent, with the command line of the sender where its start was recorded before. Pure, total. */
export const auditedSignals = (
  records: readonly AuditRecord[],
  source: string,
): AuditedSignal[] => {
  const commands = new Map<number, string>();
  return byEvent(records).flatMap((event) => {
    const call = event.find(({ type }) => type === 'SYSCALL');
    const exec = event.find(({ type }) => type === 'EXECVE');
    const pid = countOf(call?.fields.get('pid'));
    const line = exec && pid !== null ? commandLine(exec) : null;
    if (line !== null && pid !== null) commands.set(pid, line);
    return call && !exec ? (signalFact(call, event, commands, source) ?? []) : [];
  });
};
