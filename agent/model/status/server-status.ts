import type { ServerStatus } from '../state.ts';

export interface ServerStatusLine {
  server: string;
  managed: boolean;
  socket: string;
  status: ServerStatus;
  pid: number | null;
  version: string;
  sessions: number;
  processes: number;
  rssBytes: number;
  /** Why declared limits of its sessions are not in force; null: they are, or none is declared. */
  unlimited?: string | null;
  /** Why its declared sessions may be with the wrong owner; null: they are not. */
  ownerDoubt?: string | null;
  since: number;
}

export interface LinkStatus {
  owner: string;
  connected: boolean;
  pid: number;
  tmux: string;
  since: number;
}
