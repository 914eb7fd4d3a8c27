import { globSync } from 'node:fs';
import { join } from 'node:path';
import { mustExecute } from '../command.ts';

const root = join(import.meta.dirname, '../../..');

/** The package `make deb` built. */
export const debFile = (): string => {
  const [file, ...others] = globSync('dist/holdfast_*_amd64.deb', { cwd: root });
  if (file === undefined || others.length > 0) {
    throw new Error('dist/ has to have one package; run: make clean deb');
  }
  return join(root, file);
};

/**
 * The same package under another version: there is no other release yet to come from or to go back to.
 * @param directory to build it in
 * @returns its path
 */
export const debAs = async (version: string, directory: string): Promise<string> => {
  const tree = join(directory, 'tree');
  await mustExecute('dpkg-deb', ['--raw-extract', debFile(), tree]);
  const control = join(tree, 'DEBIAN/control');
  await mustExecute('sed', ['-i', `s/^Version: .*/Version: ${version}/`, control]);
  const file = join(directory, `holdfast_${version}_amd64.deb`);
  await mustExecute('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, file]);
  return file;
};
