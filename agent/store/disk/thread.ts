import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type FailureText, failureText, isDamage, logFailure } from '../failures.ts';
import type { Reply, Request, StoreStart } from '../messages.ts';
import { carryOut, writing } from './calls.ts';
import { namedByDisk } from './disk-failure.ts';
import { LiveStore } from './live-store.ts';
import { collectOwnGarbage } from './own-garbage.ts';

/** The store's thread: the only place where the log touches the disk. Started by store-thread.ts. */

type Send = (reply: Reply) => void;

const serve = ({ paths, lookEveryMs }: StoreStart, port: MessagePort, send: Send): void => {
  const live = new LiveStore(paths, (quarantined) => send({ kind: 'quarantined', quarantined }));
  const opened = live.open();

  /** The failure in words, after what can be done about it was done. */
  const treat = (error: unknown): FailureText => {
    const failure = namedByDisk(logFailure(error), paths.eventsDb);
    try {
      if (isDamage(failure)) live.rebuild(failure);
    } catch {
      // Not now; the next call tries to open the database again, and says why it cannot.
    }
    return failureText(failure);
  };

  const look = (): void => {
    try {
      live.forWriting();
      send({ kind: 'looked', failure: null });
    } catch (error) {
      send({ kind: 'looked', failure: treat(error) });
    }
  };
  const looking = setInterval(look, lookEveryMs);
  const stopCollecting = collectOwnGarbage();

  const close = (id: number): void => {
    clearInterval(looking);
    stopCollecting();
    live.close();
    send({ kind: 'result', id, result: null });
    port.close();
  };

  const answer = async (request: Request): Promise<void> => {
    const { id, call } = request;
    try {
      if (call === 'close') return close(id);
      const writes = writing.has(call);
      const store = writes ? live.forWriting() : live.forReading();
      const result = await carryOut(store, call, request.params);
      if (writes) live.noteWritten();
      send({ kind: 'result', id, result });
    } catch (error) {
      send({ kind: 'failure', id, failure: treat(error) });
    }
  };

  port.on('message', answer);
  send({ kind: 'opened', opened });
};

if (parentPort) {
  const port = parentPort;
  const send = (reply: Reply): void => port.postMessage(reply);
  try {
    serve(workerData as StoreStart, port, send);
  } catch (error) {
    send({ kind: 'refused', failure: failureText(logFailure(error)) });
  }
}
