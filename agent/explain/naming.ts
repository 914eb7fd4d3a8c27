import type { DeathRecord } from '../model/events/death.ts';
import { printable } from '../model/text/printable.ts';
import { shortened as cut } from '../model/text/shortened.ts';
import type { SeenProcess } from '../model/witnessed.ts';
import type { Evidence } from './evidence.ts';
import { originOf } from './origin.ts';
import { outermost } from './outermost.ts';
import { unitOf } from './unit.ts';
import { countText } from './wording.ts';

/** What a summary may have: it is read on a phone. */
const maxSummary = 300;

/** Text of others in a sentence of ours: printable, and no longer than `max` characters. */
export const shortened = (text: string, max: number): string => cut(printable(text), max);

export const quoted = (text: string, max = 50): string => `"${shortened(text, max)}"`;

export const summaryOf = (text: string): string => shortened(text, maxSummary);

/** Where a program is says less than what it was told, and takes its room. */
const withoutDirectory = (cmdline: string): string => cmdline.replace(/^\S*\/(?=[^/\s])/, '');

/** A process is called what it likes; the kernel knows which file it is. */
const otherFile = (file: string | undefined): string => {
  if (file === undefined) return '';
  return file.startsWith('/dev/fd/')
    ? ', of a file that was open already'
    : `, file ${shortened(file, 60)}`;
};

/**
 * `"pkill -f mux" (pid 4711)`, `"sshd -9" (pid 4711, file /usr/bin/pkill)`, or what is left of a process that was gone too
 * fast.
 */
export const processName = ({
  pid,
  comm,
  cmdline,
  file,
}: Pick<SeenProcess, 'pid' | 'comm' | 'cmdline' | 'file'>) =>
  cmdline
    ? `${quoted(withoutDirectory(cmdline), 80)} (pid ${pid}${otherFile(file)})`
    : `pid ${pid}${comm ? ` (${shortened(comm, 15)})` : ''}`;

/** `, run by cron (cron.service)`, `, in pane %3 of session "api"`: where a process came from. */
const comingFrom = (seen: SeenProcess, evidence: Evidence): string => {
  const origin = originOf(seen, evidence);
  if (origin?.pane) return `, in pane ${origin.pane} of session ${quoted(origin.session)}`;
  if (origin) return `, from session ${quoted(origin.session)}`;
  const unit = unitOf(seen.cgroup);
  const where = unit === null ? '' : ` (${shortened(unit, 40)})`;
  const first = outermost(seen);
  if (first) return `, run by ${shortened(first.comm, 15)}${where}`;
  return where;
};

/** A process and where it came from, for people. */
export const whoIs = (seen: SeenProcess, evidence: Evidence): string =>
  `${processName(seen)}${comingFrom(seen, evidence)}`;

/** `"api"`, or `3 sessions`. */
export const sessionsOf = (deaths: readonly Pick<DeathRecord, 'session' | 'unit'>[]): string => {
  const [only, ...others] = deaths;
  return only && others.length === 0 ? quoted(only.session) : countText(deaths.length, deaths);
};
