import type { Config } from '../model/config/config.ts';
import type { NewEvent } from '../model/event.ts';
import type { State } from '../model/state.ts';
import type { LinkMethods } from '../protocol/link.ts';
import type { TmuxUnits } from './tmux-units.ts';

/** What is asked of one server. */
export type ServerMethod = Exclude<keyof LinkMethods, 'watch'>;

/** What acting needs; the composition root gives it. */
export interface Hands {
  state(): State;
  config(): Config;
  record(events: readonly NewEvent[], trace?: string): void;
  /** Resolves when all recorded so far is on disk. */
  durable(): Promise<void>;
  /** Asks the link that serves `params.server`. @throws Failure `no-link` */
  call<M extends ServerMethod>(
    method: M,
    params: LinkMethods[M]['params'],
  ): Promise<LinkMethods[M]['result']>;
  now(): number;
  /** What every session finds in its environment; its own declaration wins. */
  environment: Readonly<Record<string, string>>;
  /** What is kept under this name beside the log; null: it is gone. */
  screenOf(blob: string): Promise<string | null>;
  /** Where systemd runs the managed servers; null: their links start them. */
  units: TmuxUnits | null;
  /** Whether a link serves it now: without one nothing can be done there. */
  isServed(server: string): boolean;
  /** Whose a server is. @throws Failure `no-link` while nobody knows */
  ownerOf(server: string): string;
}
