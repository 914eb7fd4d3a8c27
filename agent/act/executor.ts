import type { Config } from '../model/config/config.ts';
import type { NewEvent } from '../model/event.ts';
import type { ActionKind, Target } from '../model/events/action.ts';
import type { Instance } from '../model/events/server.ts';
import { Failure, mayHaveRun, messageOf, RequestFailure } from '../model/failure.ts';
import type { State } from '../model/state.ts';
import type { LinkMethods } from '../protocol/link.ts';
import type { TmuxUnits } from './tmux-units.ts';

/** What carrying out actions needs; the composition root gives it. */
export interface Hands {
  state(): State;
  config(): Config;
  record(events: readonly NewEvent[], trace?: string): void;
  /** Resolves when all recorded so far is on disk. */
  durable(): Promise<void>;
  /** Asks the link that serves `params.server`. @throws Failure `no-link` */
  call<M extends keyof LinkMethods>(
    method: M,
    params: LinkMethods[M]['params'],
  ): Promise<LinkMethods[M]['result']>;
  now(): number;
  /** Where systemd runs the managed servers; null: their links start them. */
  units: TmuxUnits | null;
  /** Whose a server is. @throws Failure `no-link` while nobody knows */
  ownerOf(server: string): string;
}

export interface ActionOrder {
  kind: ActionKind;
  target: Target;
  reason: string;
  trace?: string;
  /** For `keys.send`. Never stored: keys may hold secrets. */
  keys?: { text: string; enter: boolean };
  /** What must be done first. The action is requested by then, so nobody plans it a second time. */
  prepare?: () => Promise<unknown>;
}

export interface Outcome {
  action: string;
  outcome: 'done' | 'failed' | 'lost';
  message: string;
  /** Of the failure; empty when done. */
  code: string;
}

const lifeOf = (state: State, target: Target) => {
  const life = state.lives[target.life ?? ''];
  if (!life) throw new RequestFailure('no-such-life', 'the session ended meanwhile');
  return life;
};

const createParams = (hands: Hands, target: Target): LinkMethods['session.create']['params'] => {
  const session = target.session ?? '';
  const config = hands.config().sessions[session];
  if (!config) {
    throw new RequestFailure('not-declared', `no session "${session}" is declared`);
  }
  const { command, cwd, env } = config;
  return {
    server: target.server,
    session,
    command,
    cwd,
    env: { ...env },
  };
};

/** The link says when the server answers, whoever started it. */
const startServer = async (hands: Hands, server: string): Promise<void> => {
  await hands.units?.start(hands.ownerOf(server));
  await hands.call('server.start', { server });
};

/** A link cannot make the directory of the socket again where that is not its owner's to make. */
const repairSocket = async (hands: Hands, server: string, instance: Instance): Promise<void> => {
  try {
    await hands.call('socket.repair', { server, instance });
  } catch (cause) {
    if (!hands.units) throw cause;
    await hands.units.reload(hands.ownerOf(server));
    await hands.call('socket.repair', { server, instance });
  }
};

const run = async (hands: Hands, { kind, target, keys }: ActionOrder): Promise<void> => {
  const { server } = target;
  const state = hands.state();
  const instance = state.servers[server]?.instance;
  switch (kind) {
    case 'server.start':
      await startServer(hands, server);
      return;
    case 'socket.repair':
      if (!instance) throw new RequestFailure('no-server', `no server is known on "${server}"`);
      await repairSocket(hands, server, instance);
      return;
    case 'session.create':
      await hands.call('session.create', createParams(hands, target));
      return;
    case 'session.kill': {
      const life = lifeOf(state, target);
      const { tmuxId } = life;
      await hands.call('session.kill', { server, instance: life.instance, tmuxId });
      return;
    }
    case 'keys.send': {
      const { tmuxId, instance: of } = lifeOf(state, target);
      const typed = keys ?? { text: '', enter: false };
      await hands.call('keys.send', { server, instance: of, tmuxId, ...typed });
      return;
    }
    default:
      kind satisfies never;
  }
};

/** Keys that were not confirmed may have been typed: that is `lost`, not `failed`. */
const isLost = (kind: ActionKind, code: string): boolean =>
  kind === 'keys.send' && mayHaveRun({ code });

const failureEvent = (action: string, kind: ActionKind, cause: unknown, at: number): NewEvent => {
  const code = cause instanceof Failure ? cause.code : 'unexpected';
  const message = messageOf(cause).slice(0, 400);
  return isLost(kind, code)
    ? { at, type: 'action.lost', data: { action, why: message } }
    : { at, type: 'action.failed', data: { action, code, message } };
};

/**
 * Stores an action as requested, makes that durable, runs it, stores how it went. Bringing something back goes
 * on when the disk takes nothing; ending something does not: its intent must be durable first.
 * @throws LogFailure for `session.kill` and `keys.send` when the log cannot be written
 */
export const execute = async (hands: Hands, order: ActionOrder): Promise<Outcome> => {
  const { kind, target, reason, trace } = order;
  const action = `a${hands.state().seq + 1}`;
  hands.record(
    [{ at: hands.now(), type: 'action.requested', data: { action, kind, target, reason } }],
    trace,
  );
  const settle = (event: NewEvent): void => hands.record([event], trace);
  try {
    await hands.durable();
  } catch (cause) {
    if (kind === 'session.kill' || kind === 'keys.send') {
      settle(failureEvent(action, kind, cause, hands.now()));
      throw cause;
    }
  }
  try {
    await order.prepare?.();
    await run(hands, order);
    settle({ at: hands.now(), type: 'action.done', data: { action, settled: 'reported' } });
    return { action, outcome: 'done', message: '', code: '' };
  } catch (cause) {
    const event = failureEvent(action, kind, cause, hands.now());
    settle(event);
    const message = messageOf(cause);
    const code = cause instanceof Failure ? cause.code : 'unexpected';
    return { action, outcome: event.type === 'action.lost' ? 'lost' : 'failed', message, code };
  }
};
