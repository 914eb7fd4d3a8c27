import { RequestFailure } from '../model/failure.ts';
import type { NotifierStatus } from '../model/status/notifier-status.ts';
import type { NotifierMethod, NotifierMethods } from '../protocol/notifier.ts';

/** The connection on which the notifier attached. Its calls have the limit of every connection's, 15 s. */
export interface NotifierPeer {
  call(method: string, params: unknown): Promise<unknown>;
  gone(): boolean;
}

/** Where the notifier sits: what only it knows is asked of it here. */
export interface NotifierSeat {
  /** The last to come has the seat: one that was killed may not be known to be gone. */
  attach(peer: NotifierPeer): void;
  report(status: NotifierStatus): void;
  /** What was reported last, however old: `reportedAt` says when. Null: nothing since the agent started. */
  status(): NotifierStatus | null;
  /** @throws Failure `no-notifier`, `no-answer`, `connection-closed`, or what the notifier refused with */
  pass<M extends NotifierMethod>(
    method: M,
    params: NotifierMethods[M]['params'],
  ): Promise<NotifierMethods[M]['result']>;
}

const nobody = (): RequestFailure =>
  new RequestFailure(
    'no-notifier',
    'the notifier is not connected: nobody sends alerts now; see the log of holdfast-notifier',
    { retryable: true },
  );

export const createNotifierSeat = (now: () => number): NotifierSeat => {
  let attached: NotifierPeer | null = null;
  let reported: NotifierStatus | null = null;
  return {
    attach(peer) {
      attached = peer;
    },
    report(status) {
      reported = { ...status, reportedAt: now() };
    },
    status: () => reported,
    async pass(method, params) {
      if (!attached || attached.gone()) throw nobody();
      return attached.call(method, params) as Promise<never>;
    },
  };
};
