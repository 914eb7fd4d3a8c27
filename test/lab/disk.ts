import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Cache } from './cache.ts';
import { mustExecute } from './command.ts';
import type { RootFs } from './root-fs.ts';

/** Most of it is a hole: it takes the room of what was written. */
const size = '5G';

/** @returns the path of a raw image that nothing may write to. */
export const prepareDisk = async (cache: Cache, rootFs: RootFs): Promise<string> => {
  const inputs = [basename(rootFs.key), size];
  const path = await cache.artefact('disk', inputs, async (into) => {
    const image = join(into, 'disk.img');
    await mustExecute('mke2fs', ['-q', '-t', 'ext4', '-L', 'root', '-d', rootFs.tree, image, size]);
  });
  return join(path, 'disk.img');
};

/** A disk that begins as the image and keeps what is written to it in a file of its own. */
export const createOverlay = async (image: string, overlay: string): Promise<void> => {
  rmSync(overlay, { force: true });
  await mustExecute('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'raw', '-b', image, overlay]);
};
