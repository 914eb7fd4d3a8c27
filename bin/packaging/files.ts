import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from '../../agent/cli/commands.ts';
import { bashCompletion } from '../../agent/cli/frame/bash-completion.ts';
import { debianChangelog } from './changelog.ts';
import { defaultConfig } from './default-config.ts';
import { copyrightFile, nodeLicence, nodeLicencePath } from './licences.ts';
import { manPages } from './man.ts';
import { type PackageFile, plainMode } from './package-file.ts';
import { programFiles } from './program-files.ts';
import { systemFiles } from './system-files.ts';

export interface FilesOptions {
  root: string;
  /** Absolute, of bin/bundle.ts. */
  bundles: readonly string[];
  /** Node's name. */
  arch: string;
  version: string;
  /** Of the sources. */
  date: Date;
}

const documents = ({ root, arch, version, date }: FilesOptions): PackageFile[] => {
  const place = '/usr/share/doc/holdfast';
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const rfc5322 = date.toUTCString().replace('GMT', '+0000');
  return [
    {
      path: `${place}/changelog.gz`,
      mode: plainMode,
      content: { packed: debianChangelog(changelog, rfc5322) },
    },
    { path: `${place}/copyright`, mode: plainMode, content: { text: copyrightFile(root) } },
    { path: nodeLicencePath, mode: plainMode, content: { packed: nodeLicence(root, arch) } },
    {
      path: '/usr/share/lintian/overrides/holdfast',
      mode: plainMode,
      content: { from: join(root, 'bin/packaging/lintian-overrides') },
    },
    { path: `${place}/README.md`, mode: plainMode, content: { from: join(root, 'README.md') } },
    {
      path: `${place}/README.Debian`,
      mode: plainMode,
      content: { from: join(root, 'bin/packaging/README.Debian') },
    },
    ...manPages(commands, { version, date: date.toISOString().slice(0, 10) }),
  ];
};

const configuration = (): PackageFile[] => [
  // Sessions may be declared with an environment: not for everybody. The group is set when it is installed.
  { path: '/etc/holdfast/holdfast.yaml', mode: 0o640, content: { text: defaultConfig() } },
];

const completion = (): PackageFile => ({
  path: '/usr/share/bash-completion/completions/holdfast',
  mode: plainMode,
  content: { text: bashCompletion(commands) },
});

/** Everything the package installs, by path. */
export const packageFiles = (options: FilesOptions): PackageFile[] =>
  [
    ...programFiles(options.root, options.bundles, options.arch),
    ...systemFiles(options.root),
    ...configuration(),
    completion(),
    ...documents(options),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));

/** Files an administrator may change, and an upgrade asks about. */
export const configurationFiles = (files: readonly PackageFile[]): string[] =>
  files.map(({ path }) => path).filter((path) => path.startsWith('/etc/'));
