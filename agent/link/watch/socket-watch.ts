import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** How often a directory that is not there is looked for again, ms. */
const retryMs = 1000;

/** Calls `onChange` when the socket's directory entry comes or goes, or the directory itself does. */
export const watchSocket = (socket: string, onChange: () => void): (() => void) => {
  const directory = dirname(socket);
  const name = basename(socket);
  let watcher: FSWatcher | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const retry = (): void => {
    watcher?.close();
    watcher = null;
    if (!closed) timer ??= setTimeout(start, retryMs);
  };
  const start = (): void => {
    timer = null;
    try {
      watcher = watch(directory, { persistent: false }, (event, file) => {
        // The directory's own name arrives when it is removed; its watch is dead then.
        if (file === basename(directory)) retry();
        if (event === 'rename' && (file === name || file === basename(directory))) onChange();
      });
      watcher.on('error', retry);
    } catch {
      retry();
    }
  };
  start();

  return () => {
    closed = true;
    watcher?.close();
    if (timer) clearTimeout(timer);
  };
};
