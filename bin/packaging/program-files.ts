import { basename, dirname, join } from 'node:path';
import {
  assetFile,
  assetFolder,
  assetNames,
  assets,
} from '../../exporters/notifier/picture/assets.ts';
import { libraryFolder } from '../bundling/library.ts';
import { library, type PackageFile, plainMode, programMode } from './package-file.ts';

/** What moves a new pane into the control group of its session; the link expects it beside its bundle. */
const paneShell = 'agent/link/pane-shell';

const wrapper = `#!/bin/sh
exec ${library}/bin/node ${library}/holdfast.js "$@"
`;

/** What the link loads for calls of libc, for one kind of machine. */
const nativeFiles = (root: string, arch: string): PackageFile[] => {
  const binding = `@koromix/koffi-linux-${arch}`;
  const names = [
    'koffi/package.json',
    'koffi/index.cjs',
    'koffi/src/koffi/index.cjs',
    'koffi/src/koffi/src/static.cjs',
    `${binding}/package.json`,
    `${binding}/index.js`,
    `${binding}/linux_${arch}/koffi.node`,
  ];
  return names.map((name) => {
    const from = join(root, 'node_modules', name);
    return {
      path: `${library}/node_modules/${name}`,
      mode: plainMode,
      content: name.endsWith('.node') ? { stripped: from } : { from },
    };
  });
};

/** Where the bundle that makes pictures looks for them. */
const pictureAssets = (root: string): PackageFile[] =>
  assetNames.map((name) => ({
    path: join(library, assetFolder, assetFile(name)),
    mode: plainMode,
    content: { from: join(root, 'node_modules', assets[name]) },
  }));

const isLibrary = (path: string): boolean => basename(dirname(path)) === libraryFolder;

/** What bots import, in a folder that npm can install. */
const libraryFiles = (files: readonly string[]): PackageFile[] =>
  files.map((from) => ({
    path: join(library, libraryFolder, basename(from)),
    mode: plainMode,
    content: { from },
  }));

/**
 * Our programs and what runs them.
 * @param bundles files of bin/bundle.ts; those of `libraryFolder` are what bots import
 * @param arch Node's name
 */
export const programFiles = (
  root: string,
  bundles: readonly string[],
  arch: string,
): PackageFile[] => [
  { path: '/usr/bin/holdfast', mode: programMode, content: { text: wrapper } },
  {
    path: `${library}/bin/node`,
    mode: programMode,
    content: { stripped: join(root, `node_modules/node-linux-${arch}/bin/node`) },
  },
  ...bundles
    .filter((from) => !isLibrary(from))
    .map((from) => ({
      path: `${library}/${basename(from)}`,
      mode: plainMode,
      content: { from },
    })),
  ...libraryFiles(bundles.filter(isLibrary)),
  { path: `${library}/package.json`, mode: plainMode, content: { text: '{"type":"module"}\n' } },
  {
    path: `${library}/${basename(paneShell)}`,
    mode: programMode,
    content: { from: join(root, paneShell) },
  },
  ...nativeFiles(root, arch),
  ...pictureAssets(root),
];
