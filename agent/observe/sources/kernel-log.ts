import { messageOf } from '../../model/failure.ts';
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
export const kernelLines = (entries: readonly JournalEntry[]): KernelLine[] =>
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

  const linesIn = async (span: Span, signal: AbortSignal): Promise<KernelLine[]> => {
    if (!(await journalShows(signal))) return readKmsg(device, signal);
    const fields = ['SYSLOG_FACILITY', 'SYSLOG_IDENTIFIER'];
    return kernelLines(await journal.read({ span, matches, fields }, signal));
  };

  return {
    name,
    probe: async (signal) => ((await journalShows(signal)) ? { ok: true } : tryDevice(device)),
    ask: async (span, _about, signal) => {
      const lines = (await linesIn(span, signal)).filter(
        ({ at }) => at >= span.since && at <= span.until,
      );
      return [...oomReports(lines, name), ...faults(lines, name)];
    },
  };
};
