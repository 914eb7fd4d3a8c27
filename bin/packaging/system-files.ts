import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { library, type PackageFile, plainMode, programMode } from './package-file.ts';

interface Place {
  /** Of files in `systemd/`. */
  pattern: string;
  directory: string;
  /** Where it is not called as it is here. */
  name?: string;
  mode?: number;
}

const places: readonly Place[] = [
  { pattern: 'system/*', directory: '/usr/lib/systemd/system' },
  { pattern: 'lib/*', directory: library, mode: programMode },
  { pattern: '*.catalog', directory: '/usr/lib/systemd/catalog' },
  { pattern: 'holdfast.sysusers.conf', directory: '/usr/lib/sysusers.d', name: 'holdfast.conf' },
  { pattern: 'holdfast.tmpfiles.conf', directory: '/usr/lib/tmpfiles.d', name: 'holdfast.conf' },
  { pattern: '50-holdfast.rules', directory: '/usr/share/polkit-1/rules.d' },
  { pattern: 'tmux.conf', directory: '/etc/holdfast' },
  {
    pattern: 'holdfast.needrestart.conf',
    directory: '/etc/needrestart/conf.d',
    name: 'holdfast.conf',
  },
];

/** Units, users, directories, rules and the small programs of the units. */
export const systemFiles = (root: string): PackageFile[] =>
  places.flatMap(({ pattern, directory, name, mode = plainMode }) =>
    globSync(`systemd/${pattern}`, { cwd: root })
      .sort()
      .map((from) => ({
        path: join(directory, name ?? basename(from)),
        mode,
        content: { from: join(root, from) },
      })),
  );
