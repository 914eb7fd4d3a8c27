import type { PackageRun } from '../../../model/source-fact/package.ts';
import { type LocalTime, localTime, parseLocalTime } from './local-time.ts';
import { named, said } from './said.ts';

/** The keys whose value is a list of packages (apt's apt-pkg/deb/dpkgpm.cc). */
const lists = ['Install', 'Reinstall', 'Upgrade', 'Downgrade', 'Remove', 'Purge'];

const keysOf = (stanza: string): Map<string, string> => {
  const keys = new Map<string, string>();
  for (const line of stanza.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) keys.set(line.slice(0, colon), line.slice(colon + 2));
  }
  return keys;
};

/** `NAME:ARCHITECTURE (VERSION, VERSION), …`: commas stand in the parentheses too. */
const packagesIn = (keys: ReadonlyMap<string, string>): string[] =>
  lists.flatMap((list) => {
    const names = (keys.get(list) ?? '').matchAll(
      /(?:^|\), )([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)? \(/g,
    );
    return [...names].map((match) => match[1] ?? '');
  });

const runOf = (stanza: string, source: string, toTime: LocalTime): PackageRun | null => {
  const keys = keysOf(stanza);
  const at = parseLocalTime(keys.get('Start-Date') ?? '', toTime);
  if (at === null) return null;
  const packages = packagesIn(keys);
  const command = said(keys.get('Commandline') ?? '');
  const requestedBy = keys.get('Requested-By');
  return {
    ...{ kind: 'package-run', at, source, command, packages: packages.length },
    endedAt: parseLocalTime(keys.get('End-Date') ?? '', toTime),
    requestedBy: requestedBy === undefined ? null : named(requestedBy),
    tmux: packages.includes('tmux'),
    text: said(`apt changed ${packages.length} packages: ${command || 'no command line'}`),
  };
};

/** What /var/log/apt/history.log says, oldest first. A beginning that is torn is left out. */
export const aptRuns = (
  text: string,
  source: string,
  toTime: LocalTime = localTime,
): PackageRun[] => text.split(/\n{2,}/).flatMap((stanza) => runOf(stanza, source, toTime) ?? []);
