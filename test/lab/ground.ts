import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Cache, cacheDirectory, createCache } from './cache.ts';
import { type Controller, prepareController } from './controller.ts';
import { prepareDisk } from './disk.ts';
import { type Machine, startMachine } from './machine.ts';
import { prepareRootFs, type RootFs } from './root-fs.ts';

/** What machines are made of, and this run's own directory, which goes with the process however it ends. */
export interface Ground {
  readonly cache: Cache;
  readonly rootFs: RootFs;
  /** Boots another machine, on a clean disk or on one that begins as this image. */
  startMachine(image?: string): Promise<Machine>;
  controller(): Promise<Controller>;
}

const createController = (cache: Cache, rootFs: RootFs, directory: string) => {
  let prepared: Promise<Controller> | undefined;
  return (): Promise<Controller> => {
    prepared ??= prepareController(cache, rootFs, directory);
    return prepared;
  };
};

export const prepareGround = async (say: (text: string) => void): Promise<Ground> => {
  const cache = createCache(cacheDirectory(), say);
  await cache.tidy();
  const directory = cache.runDirectory();
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const rootFs = await prepareRootFs(cache);
  const disk = await prepareDisk(cache, rootFs);
  let count = 0;

  return {
    ...{ cache, rootFs },
    controller: createController(cache, rootFs, join(directory, 'controller')),
    startMachine: (image = disk) => {
      count += 1;
      return startMachine({
        rootFs,
        disk: image,
        directory: join(directory, `machine-${count}`),
        say,
      });
    },
  };
};
