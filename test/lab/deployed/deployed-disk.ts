import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Cache } from '../cache.ts';
import { mustExecute } from '../command.ts';
import type { Ground } from '../ground.ts';
import { debFile } from './deb.ts';
import { play } from './deploy.ts';

const root = join(import.meta.dirname, '../../..');

const hashOf = (files: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(root, file)));
  return hash.digest('hex');
};

export interface Deployed {
  /** Over the lab's own settings of the role. */
  settings: object;
  /** Packages of the machine's own archive. */
  packages: readonly string[];
  /** Units of theirs that do not run until they are started. */
  switchedOff: readonly string[];
}

/**
 * A disk on which the role has deployed the package `make deb` built, for what begins there. Made once for the same
 * package, role and settings: the deployment takes minutes.
 * @returns the path of a raw image that nothing may write to
 */
export const prepareDeployedDisk = async (
  cache: Cache,
  ground: Ground,
  { settings, packages, switchedOff }: Deployed,
): Promise<string> => {
  const role = globSync('ansible/**/*.{yml,j2,sh}', { cwd: root }).sort();
  const made = hashOf([relative(root, debFile()), ...role]);
  const inputs = [basename(ground.rootFs.key), made, settings, packages, switchedOff];
  const path = await cache.artefact('deployed-disk', inputs, async (into) => {
    await using machine = await ground.startMachine();
    await machine.must(`apt-get install --yes --no-install-recommends ${packages.join(' ')}`, {
      env: { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' },
      limitMs: 900_000,
    });
    const { failed, output } = await play(machine, await ground.controller(), 'site.yml', settings);
    if (failed > 0) throw new Error(output);
    await machine.must(`systemctl disable --now ${switchedOff.join(' ')} || true`);
    await machine.switchOff();
    const image = join(into, 'disk.img');
    await mustExecute('qemu-img', ['convert', '-O', 'raw', machine.overlay, image]);
  });
  return join(path, 'disk.img');
};
