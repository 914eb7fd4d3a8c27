import type { Instance } from '../../model/events/server.ts';

/** Where a server is, and whether it is ours to change. */
export interface Place {
  readonly server: string;
  readonly socket: string;
  readonly managed: boolean;
}

/** What the parts of one watch share. */
export interface Watched {
  /** Null while no server is known. */
  instance: Instance | null;
  /** Who listens on the socket is asked at the next look. */
  isDoubted: boolean;
  isClosed: boolean;
}
