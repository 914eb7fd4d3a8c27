import { startAnnouncer } from '../tmux/announcer.ts';
import { briefListing } from '../tmux/brief-listing.ts';
import type { ReadyClient } from '../tmux/ready-client.ts';
import { type Sentinel, startSentinel } from '../tmux/waiting-client.ts';

/** The clients that wait on a server for as long as it is watched. */
export interface Hold {
  readonly sentinel: Sentinel | null;
  /** True while the end of the server would be told at once. */
  isHeld(): boolean;
  take(): void;
  /** The sentinel ended, and its server did not. */
  forgetSentinel(): void;
  letGo(): void;
}

/** A server that Holdfast manages also announces its changes, with what a quick listing prints. */
export const createHold = (
  { socket, managed }: { socket: string; managed: boolean },
  client: ReadyClient,
  on: { end(): void; change(printed: string): Promise<void> },
): Hold => {
  let sentinel: Sentinel | null = null;
  let unannounce: (() => void) | null = null;

  const letGo = (): void => {
    sentinel?.close();
    sentinel = null;
    unannounce?.();
    unannounce = null;
    client.release();
  };

  return {
    get sentinel() {
      return sentinel;
    },
    isHeld: () => sentinel?.ended === null,
    take() {
      letGo();
      sentinel = startSentinel(socket, () => {
        client.release();
        on.end();
      });
      if (managed) unannounce = startAnnouncer(socket, briefListing, on.change);
      client.keep();
    },
    forgetSentinel() {
      sentinel = null;
    },
    letGo,
  };
};
