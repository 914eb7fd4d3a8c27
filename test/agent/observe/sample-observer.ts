import type { NewEvent } from '../../../agent/model/event.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { State } from '../../../agent/model/state.ts';
import type { OwnedOrder } from '../../../agent/observe/config/orders.ts';
import type { World } from '../../../agent/observe/life/world.ts';
import type { ConnectedLink } from '../../../agent/observe/link/links.ts';
import { createObserver } from '../../../agent/observe/observer.ts';
import type { LinkNotifications } from '../../../agent/protocol/link.ts';
import { after, running, socket } from '../model/sample.ts';
import { now, world } from './sample-world.ts';

export const link = (pid: number): ConnectedLink => ({
  ...{ protocol: 1, version: '1', owner: 'deploy', uid: 1000, pid, tmux: '3.5a' },
  call: () => new Promise<never>(() => undefined),
});

/** An observer upon a state that its events change, and what it told. */
export const observing = (
  from: State = running,
  changes: Partial<World> = {},
  orders: OwnedOrder[] = [
    { server: 'main', managed: true, socket, adopt: null, tmuxConfig: null, owner: null },
  ],
  mayBeOf = (_: number) => true,
) => {
  const samples = emptySamples();
  const told = { events: [] as NewEvent[], traces: [] as unknown[], calls: [] as unknown[] };
  let state = from;
  const observer = createObserver({
    ...{ samples, state: () => state, world: () => world({ samples, ...changes }) },
    record: (events, trace) => {
      told.events.push(...events);
      told.traces.push(trace);
      state = after(state, ...events);
    },
    keepScreen: (text) => told.calls.push(['screen', text]),
    orders: () => orders,
    firstOwner: () => (orders.length > 1 ? 'deploy' : null),
    now: () => now,
    nameOf: () => 'deploy',
    onLink: (servers) => told.calls.push(['link', servers]),
    onObserved: (server) => told.calls.push(['observed', server]),
    onSockets: (owner, sockets) => told.calls.push(['sockets', owner, sockets]),
    onTrouble: (what) => told.calls.push(['trouble', what]),
    credentialsOf: () => null,
    mayBeOf,
  });
  return {
    observer,
    samples,
    told,
    state: () => state,
    types: () => told.events.map(({ type }) => type),
  };
};

/** With a link that has said hello; what that told is forgotten. */
export const linked = (from?: State) => {
  const made = observing(from);
  const by = link(7);
  made.observer.handler.onHello(by);
  for (const list of Object.values(made.told)) list.length = 0;
  type Told = LinkNotifications;
  const tell = <M extends keyof Told>(method: M, told: Told[M]): void =>
    made.observer.handler.onTold(method, told, by);
  return { ...made, tell };
};
