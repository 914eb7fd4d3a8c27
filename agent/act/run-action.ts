import { setTimeout as wait } from 'node:timers/promises';
import type { CommandProbe } from '../model/config/health.ts';
import type { RefreshSignal } from '../model/config/refresh.ts';
import type { ActionKind, Requester, Target } from '../model/events/action.ts';
import type { Instance } from '../model/events/server.ts';
import { RequestFailure } from '../model/failure.ts';
import { livesOf } from '../model/life.ts';
import type { End } from '../model/recovery-state.ts';
import type { State } from '../model/state.ts';
import type { LinkMethods } from '../protocol/link.ts';
import type { Hands } from './hands.ts';
import { prologue } from './prologue.ts';

export interface Action {
  kind: ActionKind;
  target: Target;
  /** The person who asked for it; absent: nobody did. */
  by?: Requester;
  /** For `session.create`: the end of the life before it; absent: there was none. */
  after?: End;
  /** For `session.create`: with its `resumeCommand`; absent: with its `command`. */
  resumes?: true;
  /** For `keys.send`. Never stored: keys may hold secrets. */
  keys?: { text: string; enter: boolean };
  /** For `command.run`. */
  run?: CommandProbe;
  /** For `signal.send`. */
  signal?: RefreshSignal;
}

const lifeOf = (state: State, target: Target) => {
  const life = state.lives[target.life ?? ''];
  if (!life) throw new RequestFailure('no-such-life', 'the session ended meanwhile');
  return life;
};

/** How long it may take to read the old screen: a session is worth more than its first lines, ms. */
const screenMs = 500;

const prologueFor = async (hands: Hands, after: End): Promise<string> => {
  const kept = after.screen === undefined ? null : hands.screenOf(after.screen);
  const late = wait(screenMs, null);
  const screen = await Promise.race([kept, late]).catch(() => null);
  return prologue(hands.state(), after, screen, hands.now());
};

const createParams = async (
  hands: Hands,
  { target, after, resumes }: Action,
): Promise<LinkMethods['session.create']['params']> => {
  const session = target.session ?? '';
  const config = hands.config().sessions[session];
  if (!config) {
    throw new RequestFailure('not-declared', `no session "${session}" is declared`);
  }
  const { cwd, env, resumeCommand } = config;
  const command = (resumes && resumeCommand) ?? config.command;
  const begins = after?.reason === 'died' ? { prologue: await prologueFor(hands, after) } : {};
  return {
    server: target.server,
    session,
    command,
    cwd,
    env: { ...hands.environment, ...env },
    ...begins,
  };
};

/** What was decided is a moment old: the world may have changed since. */
const mustBeDown = (state: State, { server, session }: Target): void => {
  const isUp = livesOf(state, server).some((life) => life.session === session && life.declared);
  if (isUp) throw new RequestFailure('already-running', `"${session}" is running`);
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

/** The link ends the command by itself when its time is up; then it needs a moment to say so. ms */
const answerMs = 5000;

const runCommand = async (hands: Hands, target: Target, run: CommandProbe): Promise<void> => {
  lifeOf(hands.state(), target);
  const probe = { kind: 'command' as const, ...run };
  const { status, reason } = await hands.probe(target.server, probe, run.timeoutMs + answerMs);
  if (status !== 'ok') throw new RequestFailure('command-failed', reason);
};

/** A restart starts what is down as well, and is all that polkit allows (`agent/model/polkit-rule.ts`). */
const unitVerbs = {
  'unit.start': 'restart',
  'unit.stop': 'stop',
  'unit.restart': 'restart',
} as const;

/** Does it in the world, through the link or systemd. @throws Failure with the code of who refused */
export const runAction = async (hands: Hands, action: Action): Promise<void> => {
  const { kind, target, keys, run, signal } = action;
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
      mustBeDown(hands.state(), target);
      await hands.call('session.create', await createParams(hands, action));
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
    case 'command.run':
      if (run) await runCommand(hands, target, run);
      return;
    case 'signal.send': {
      const { tmuxId, instance: of } = lifeOf(state, target);
      if (signal) await hands.call('signal.send', { server, instance: of, tmuxId, signal });
      return;
    }
    case 'unit.start':
    case 'unit.stop':
    case 'unit.restart':
      // What a person has systemd do meanwhile is not undone unasked.
      await hands.controlUnit(
        unitVerbs[kind],
        target.session ?? '',
        action.by ? { mode: 'replace' } : { mode: 'fail', life: target.life },
      );
      return;
    default:
      kind satisfies never;
  }
};
