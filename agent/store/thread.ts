import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { carryOut } from './calls.ts';
import { namedByDisk } from './disk-failure.ts';
import { failureText, isDamage, logFailure } from './failures.ts';
import { liveStore } from './live-store.ts';
import type { Reply, Request, StorePaths } from './messages.ts';
import { lockStore, openOrRebuild } from './store.ts';

/** The store's thread: the only place where the log touches the disk. Started by store-thread.ts. */

const serve = (paths: StorePaths, port: MessagePort, send: (reply: Reply) => void): void => {
  const lock = lockStore(paths);
  const { store, opened } = openOrRebuild(paths, Date.now());
  const live = liveStore(paths, store, (quarantined) => send({ kind: 'quarantined', quarantined }));

  const close = (id: number): void => {
    live.close();
    lock.close();
    send({ kind: 'result', id, result: null });
    port.close();
  };

  const fail = (id: number, error: unknown): void => {
    const failure = namedByDisk(logFailure(error), paths.eventsDb);
    try {
      if (isDamage(failure)) live.rebuild(failure);
    } catch {
      // Not now; the next call tries to open the database again, and says why it cannot.
    }
    send({ kind: 'failure', id, failure: failureText(failure) });
  };

  const answer = async (request: Request): Promise<void> => {
    const { id, call } = request;
    try {
      if (call === 'close') return close(id);
      const result = await carryOut(live.current(), call, request.params);
      send({ kind: 'result', id, result });
    } catch (error) {
      fail(id, error);
    }
  };

  port.on('message', answer);
  send({ kind: 'opened', opened });
};

if (parentPort) {
  const port = parentPort;
  const send = (reply: Reply): void => port.postMessage(reply);
  try {
    serve(workerData as StorePaths, port, send);
  } catch (error) {
    send({ kind: 'refused', failure: failureText(logFailure(error)) });
  }
}
