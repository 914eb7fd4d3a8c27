import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type ControlOptions, controlFile } from './control.ts';
import { configurationFiles } from './files.ts';
import { type PackageFile, plainMode, programMode } from './package-file.ts';

const md5 = (path: string): string => createHash('md5').update(readFileSync(path)).digest('hex');

/** `md5sums` is of what dpkg itself may overwrite: not of configuration. */
const sums = (tree: string, files: readonly PackageFile[]): string =>
  files
    .filter(({ path }) => !path.startsWith('/etc/'))
    .map(({ path }) => `${md5(join(tree, path))}  ${path.slice(1)}\n`)
    .join('');

/** Writes `DEBIAN/` into a tree that is laid out. */
export const writeControlFiles = (
  root: string,
  tree: string,
  files: readonly PackageFile[],
  options: ControlOptions,
): void => {
  const place = join(tree, 'DEBIAN');
  const scripts = join(root, 'bin/packaging/scripts');
  mkdirSync(place, { mode: 0o755 });
  const texts = {
    control: controlFile(options),
    conffiles: `${configurationFiles(files).join('\n')}\n`,
    md5sums: sums(tree, files),
  };
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(place, name), text);
    chmodSync(join(place, name), plainMode);
  }
  for (const name of readdirSync(scripts)) {
    copyFileSync(join(scripts, name), join(place, name));
    chmodSync(join(place, name), programMode);
  }
};
