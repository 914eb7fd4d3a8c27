import type { Config } from '../../model/config/config.ts';
import type { ParsedConfig } from '../../model/config/parse.ts';
import { ConfigProblems } from '../../model/config/problem.ts';
import type { NewEvent } from '../../model/event.ts';
import { messageOf } from '../../model/failure.ts';
import type { State } from '../../model/state.ts';
import { type FoundSocket, withFound } from './found-sockets.ts';
import { type ManagedSocket, type OwnedOrder, watchOrders } from './orders.ts';
import { configEvents, socketsOfState } from './settings.ts';

export interface ConfigurationPorts {
  source: string;
  managedSocket: ManagedSocket;
  /** @throws ConfigFailure */
  load(): ParsedConfig;
  state(): State;
  record(events: readonly NewEvent[]): void;
  now(): number;
  /** Told after the events: what to watch has changed. */
  onApplied(): void;
  onWarning(text: string): void;
}

const rejected = (source: string, cause: unknown, at: number): NewEvent => {
  const problems = cause instanceof ConfigProblems ? cause.problems.length : 1;
  const first = messageOf(cause).slice(0, 400);
  return { at, type: 'config.rejected', data: { source, problems, first } };
};

/** Holds the configuration in force; a broken one never replaces it. */
export const createConfiguration = (first: ParsedConfig, ports: ConfigurationPorts) => {
  let { config } = first;
  let sockets = socketsOfState(ports.state());
  /** What each owner's link told last: the next configuration may ask for servers that this one does not. */
  const seen = new Map<string, readonly FoundSocket[]>();

  /** Asked for with every message of a link, changed with the configuration. */
  let orders = watchOrders(config, ports.managedSocket, sockets);

  const apply = ({ warnings }: ParsedConfig): void => {
    const { source, managedSocket, state, now } = ports;
    orders = watchOrders(config, managedSocket, sockets);
    ports.record(configEvents(state(), config, { source, managedSocket, sockets }, now()));
    warnings.forEach(ports.onWarning);
    ports.onApplied();
  };

  /** True when servers were seen that are to be watched, and are not yet. */
  const takeSeen = (): boolean => {
    const all = withFound(sockets, [...seen.values()].flat());
    if (all.length === sockets.length || !config.autoAdopt) return false;
    sockets = all;
    return true;
  };

  return {
    current: (): Config => config,
    orders: (): OwnedOrder[] => orders,
    /** Records the configuration the agent starts with. */
    begin: () => apply(first),
    /** @throws ConfigFailure when the new one is broken; the old one stays in force */
    reload(): { hash: string } {
      try {
        const loaded = ports.load();
        config = loaded.config;
        takeSeen();
        apply(loaded);
      } catch (cause) {
        ports.record([rejected(ports.source, cause, ports.now())]);
        throw cause;
      }
      return { hash: ports.state().config?.hash ?? '' };
    },
    /** A link found servers of its owner's own. Once watched, a server stays so: it may come back. */
    found(owner: string, now: readonly Omit<FoundSocket, 'owner'>[]): void {
      seen.set(
        owner,
        now.map(({ name, path }) => ({ name, path, owner })),
      );
      if (takeSeen()) apply({ config, warnings: [] });
    },
  };
};
