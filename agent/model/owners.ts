import type { ServerState, State } from './state.ts';

/**
 * Who owns what the configuration gives to nobody: the first whose link ever connected. By the log, so that it is the
 * same after a restart, whoever connects first then, and stays the same when he is gone; null: nobody was here yet.
 */
export const firstOwner = ({ links }: Pick<State, 'links'>): string | null =>
  Object.keys(links)[0] ?? null;

/**
 * Why the declared sessions of a server, with their environments, may be with the wrong owner; null: they are not. Under
 * one owner there is no doubt, and where there are several it is not resolved by taking the sessions away.
 */
export const ownerDoubt = (
  state: Pick<State, 'links' | 'declared'>,
  { server, managed, owner = null }: Pick<ServerState, 'server' | 'managed' | 'owner'>,
): string | null => {
  const first = firstOwner(state);
  const others = Object.entries(state.links).some(
    ([name, { connected }]) => connected && name !== first,
  );
  const isUsed = Object.values(state.declared).some((declared) => declared.server === server);
  if (!managed || owner !== null || !others || !isUsed) return null;
  return `its sessions are with ${first}, the first of several owners: none is named for it`;
};

/**
 * Who had a link stays an owner for so long, ms: a link restarts, and its owner must be able to ask why. Longer than
 * a restart of the agent, an upgrade, or systemd between two starts of a link (RestartMaxDelaySec=).
 */
const graceMs = 10 * 60_000;

/** Whether the link of `user` went only now. One that the agent left connected went with it, at the latest. */
export const hadLink = (
  { links, agent }: Pick<State, 'links' | 'agent'>,
  user: string,
  now: number,
): boolean => {
  const link = Object.hasOwn(links, user) ? links[user] : undefined;
  if (!link) return false;
  const lostAt = link.connected ? (agent?.startedAt ?? 0) : link.since;
  // A clock that was set back must not make it for ever.
  return Math.abs(now - lostAt) < graceMs;
};
