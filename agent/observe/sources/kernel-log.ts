import { messageOf } from '../../model/failure.ts';
import { type Bounded, cutFacts } from './cut.ts';
import type { Journal } from './journal.ts';
import { readKmsg, tryKmsg } from './kmsg.ts';
import { faults } from './parse/faults.ts';
import type { JournalEntry } from './parse/journal-entry.ts';
import type { KernelLine } from './parse/kernel-line.ts';
import { oomReports } from './parse/oom-report.ts';
import type { Availability, Source, Span } from './source.ts';

const name = 'kernel-log';
const matches = ['_TRANSPORT=kernel'];

/** Lines that processes put into the kernel's log come the same way, with another facility. */
const isKernels = ({ fields }: JournalEntry): boolean =>
  fields.get('_TRANSPORT') === 'kernel' &&
  fields.get('SYSLOG_FACILITY') === '0' &&
  fields.get('SYSLOG_IDENTIFIER') === 'kernel';

/** Entries of the journal that are the kernel's own words. */
const kernelLines = (entries: readonly JournalEntry[]): KernelLine[] =>
  entries.filter(isKernels).map(({ at, fields }) => ({ at, text: fields.get('MESSAGE') ?? '' }));

const expected = {
  why: 'neither the journal nor /dev/kmsg shows the log of the kernel',
  advice:
    'let the user of the agent read the journal: `sudo usermod -aG systemd-journal USER`; in a container nothing helps',
};

const tryDevice = (path: string): Availability => {
  try {
    tryKmsg(path);
    return { ok: true };
  } catch (cause) {
    const why = `${expected.why}: ${messageOf(cause).slice(0, 120)}`;
    return { ok: false, why, advice: expected.advice };
  }
};

/**
 * What the kernel wrote: kills for want of memory, and crashes. From the journal, which keeps it; where that does not
 * show it, from the kernel's own buffer.
 * @param device `/dev/kmsg`
 */
export const createKernelLog = (journal: Journal, device = '/dev/kmsg'): Source => {
  const journalShows = async (signal: AbortSignal): Promise<boolean> =>
    (await journal.probe(matches, expected, signal)).ok;

  const linesIn = async (span: Span, signal: AbortSignal): Promise<Bounded<KernelLine[]>> => {
    if (!(await journalShows(signal))) return readKmsg(device, span.since, signal);
    const fields = ['SYSLOG_FACILITY', 'SYSLOG_IDENTIFIER'];
    const { found, cut } = await journal.read({ span, matches, fields }, signal);
    return { found: kernelLines(found), cut };
  };

  return {
    name,
    probe: async (signal) => ((await journalShows(signal)) ? { ok: true } : tryDevice(device)),
    ask: async (span, _about, signal) => {
      const { found, cut } = await linesIn(span, signal);
      const lines = found.filter(({ at }) => at >= span.since && at <= span.until);
      const facts = [...oomReports(lines, name), ...faults(lines, name)];
      return [...facts, ...cutFacts(name, span.until, cut)];
    },
  };
};
