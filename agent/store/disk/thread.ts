import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { failureText, isDamage, logFailure } from '../failures.ts';
import type { Reply, Request, StorePaths } from '../messages.ts';
import { carryOut, writing } from './calls.ts';
import { namedByDisk } from './disk-failure.ts';
import { LiveStore } from './live-store.ts';

/** The store's thread: the only place where the log touches the disk. Started by store-thread.ts. */

/** Whether the database is still where it was is looked at this often, ms, when nothing is written. */
const lookEveryMs = 10_000;

const serve = (paths: StorePaths, port: MessagePort, send: (reply: Reply) => void): void => {
  const live = new LiveStore(paths, (quarantined) => send({ kind: 'quarantined', quarantined }));
  const opened = live.open();
  const looking = setInterval(() => {
    try {
      live.forWriting();
    } catch {
      // The next commit says why.
    }
  }, lookEveryMs);

  const close = (id: number): void => {
    clearInterval(looking);
    live.close();
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
      const store = writing.has(call) ? live.forWriting() : live.forReading();
      const result = await carryOut(store, call, request.params);
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
