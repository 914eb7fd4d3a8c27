import type { Config } from '../model/config/config.ts';
import type { NewEvent } from '../model/event.ts';
import type { Finding } from '../model/health.ts';
import type { State } from '../model/state.ts';
import type { LinkMethods, Probe } from '../protocol/link.ts';
import type { ControlUnit } from './unit/declared-units.ts';
import type { TmuxUnits } from './unit/tmux-units.ts';

/** What is asked of one server. */
export type ServerMethod = Exclude<keyof LinkMethods, 'watch'>;

/** What acting needs; the composition root gives it. */
export interface Hands {
  state(): State;
  config(): Config;
  record(events: readonly NewEvent[], trace?: string): void;
  /** Resolves when all recorded so far is on disk. */
  durable(): Promise<void>;
  /**
   * Asks the link that serves `params.server`.
   * @param limitMs how long its answer may take, where not as long as any
   * @throws Failure `no-link`
   */
  call<M extends ServerMethod>(
    method: M,
    params: LinkMethods[M]['params'],
    limitMs?: number,
  ): Promise<LinkMethods[M]['result']>;
  /**
   * Has the link of a server carry out a probe, or run a command as its owner. What it answers is checked and redacted.
   * @throws Failure `no-link`, `invalid-answer`
   */
  probe(server: string, probe: Probe, limitMs?: number): Promise<Finding>;
  now(): number;
  /** What every session finds in its environment; its own declaration wins. */
  environment: Readonly<Record<string, string>>;
  /** What is kept under this name beside the log; null: it is gone. */
  screenOf(blob: string): Promise<string | null>;
  /** Where systemd runs the managed servers; null: their links start them. */
  units: TmuxUnits | null;
  /** Declared units, where there is a systemd to ask or not. */
  controlUnit: ControlUnit;
  /** Whether a link serves it now: without one nothing can be done there. */
  isServed(server: string): boolean;
  /** Whose a server is. @throws Failure `no-link` while nobody knows */
  ownerOf(server: string): string;
}
