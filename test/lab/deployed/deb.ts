import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustExecute } from '../command.ts';

const root = join(import.meta.dirname, '../../..');

/** The package `make deb` built. */
export const debFile = (): string => {
  const [file] = globSync('dist/holdfast_*_amd64.deb', { cwd: root });
  if (file === undefined) throw new Error('there is no package in dist/; run: make deb');
  return join(root, file);
};

/**
 * The same package under another version: there is no other release yet to come from or to go back to.
 * @returns its path; the caller removes its directory
 */
export const debAs = async (version: string): Promise<{ file: string; directory: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'holdfast-deb-'));
  const tree = join(directory, 'tree');
  try {
    await mustExecute('dpkg-deb', ['--raw-extract', debFile(), tree]);
    await mustExecute('sed', [
      '-i',
      `s/^Version: .*/Version: ${version}/`,
      join(tree, 'DEBIAN/control'),
    ]);
    const file = join(directory, `holdfast_${version}_amd64.deb`);
    await mustExecute('dpkg-deb', ['--root-owner-group', '-Znone', '--build', tree, file]);
    await rm(tree, { recursive: true });
    return { file, directory };
  } catch (error) {
    await rm(directory, { recursive: true });
    throw error;
  }
};
