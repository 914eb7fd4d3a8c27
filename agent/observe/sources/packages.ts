import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackageChange, PackageRun } from '../../model/source-fact/package.ts';
import { type Bounded, cutFacts } from './cut.ts';
import { readEnd } from './file-end.ts';
import { aptRuns } from './parse/apt-history.ts';
import { packageChanges } from './parse/dpkg-log.ts';
import { parseLocalTime } from './parse/local-time.ts';
import type { Source, Span } from './source.ts';

const name = 'packages';

/** A big upgrade writes some 100 KB; months ago is nobody's cause. Bytes. */
const maxBytes = 512 * 1024;

/** A new tmux does not talk to a server of the old one. Other packages are in the runs of apt. */
const watched: ReadonlySet<string> = new Set(['tmux']);

const missing = {
  ...{ ok: false as const, why: 'the logs of apt and dpkg are not there, or may not be read' },
  advice:
    'nothing where packages are not kept by apt; else `sudo chmod a+r /var/log/apt/history.log`',
};

const nothing: Bounded<string> = { found: '', cut: null };

const endOf = async (path: string): Promise<Bounded<string>> => {
  try {
    const { found, cut } = await readEnd(path, maxBytes);
    return { found: found.toString('utf8'), cut };
  } catch {
    return nothing;
  }
};

/** Both logs are in order of time: what was cut off before the span nobody asked for. */
const cutWithin = ({ found, cut }: Bounded<string>, { since }: Span): string | null => {
  const [, first = ''] = /^(?:Start-Date: )?(\d{4}-\d\d-\d\d .*)/m.exec(found) ?? [];
  return (parseLocalTime(first) ?? since) < since ? null : cut;
};

/** A run lasts. One without an end went on until the next began, or still does. */
const overlaps = ({ since, until }: Span, { at, endedAt }: PackageRun, next?: PackageRun) =>
  at <= until && (endedAt ?? next?.at ?? Number.POSITIVE_INFINITY) >= since;

const runsIn = (text: string, span: Span): PackageRun[] =>
  aptRuns(text, name).filter((run, i, runs) => overlaps(span, run, runs[i + 1]));

const changesIn = (text: string, { since, until }: Span): PackageChange[] =>
  packageChanges(text, watched, name).filter(({ at }) => at >= since && at <= until);

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

/**
 * Packages that were changed: services are restarted then, and programs replaced.
 * @param directory `/var/log`
 */
export const createPackages = (directory = '/var/log'): Source => {
  const history = join(directory, 'apt/history.log');
  const dpkg = join(directory, 'dpkg.log');
  return {
    name,
    probe: async () =>
      (await isReadable(history)) || (await isReadable(dpkg)) ? { ok: true } : missing,
    ask: async (span) => {
      const [told, changes] = await Promise.all([endOf(history), endOf(dpkg)]);
      return [
        ...runsIn(told.found, span),
        ...changesIn(changes.found, span),
        ...cutFacts(name, span.until, cutWithin(told, span), cutWithin(changes, span)),
      ];
    },
  };
};
