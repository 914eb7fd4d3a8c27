import type { Socket } from 'node:net';
import type { Home } from '../../model/homes.ts';
import { type Listener, listenOn } from '../../wire/listen.ts';
import { createPace } from './pace.ts';
import { createPlaces } from './places.ts';
import type { Refusal } from './refusal.ts';
import type { Sight } from './speaker.ts';
import { listenTo, type SpeechPorts } from './speech.ts';

export interface HeartbeatPorts extends SpeechPorts {
  /** Who connected, by the kernel's word; null: it gives none. */
  credentialsOf(socket: Socket): { pid: number; uid: number } | null;
  /** Who that is; null: he is gone. */
  sightOf(socket: Socket, pid: number): Sight | null;
  /** The life of a session or unit he runs in; null: none that is known yet. */
  lifeOf(sight: Sight): Pick<Home, 'life' | 'session' | 'server'> | null;
  ownerOf(life: Pick<Home, 'session' | 'server'>): string;
  /** He is of none that is known yet, and is asked about again; to be told once of each. */
  onStranger?(sight: Sight): void;
  onTrouble(what: string, cause: unknown): void;
}

/** A session may be known a moment after its program began to speak. ms */
const patienceMs = 5000;
const lookEveryMs = 250;

/** Strangers wait as well: no more than this many are asked about again. */
const maxWaiting = 32;

/** Listens for bots on `path`: to whoever runs in a session, and to nobody else. */
export const listenForBots = (
  path: string,
  mode: number,
  ports: HeartbeatPorts,
): Promise<Listener> => {
  const places = createPlaces();
  const pace = createPace(() => performance.now());
  const waiting = new Set<Socket>();
  let connections = 0;

  const refuse = (socket: Socket, why: Refusal): void => {
    ports.refused(why);
    socket.destroy();
  };
  const seat = (
    socket: Socket,
    { process }: Sight,
    life: Pick<Home, 'life' | 'session' | 'server'>,
  ): void => {
    const owner = ports.ownerOf(life);
    connections += 1;
    const speaker = { id: connections, life: life.life, owner, process };
    if (places.take(socket, speaker)) listenTo(socket, speaker, ports, pace.ofOwner(owner));
    else refuse(socket, 'too-many-connections');
  };
  /** False where he is to be asked about again. */
  const find = (socket: Socket, sight: Sight): boolean => {
    if (socket.destroyed) return true;
    const life = ports.lifeOf(sight);
    if (life) seat(socket, sight, life);
    return life !== null;
  };
  const findSoon = (socket: Socket, sight: Sight): void => {
    if (find(socket, sight)) return;
    if (waiting.size >= maxWaiting) {
      refuse(socket, 'no-session');
      return;
    }
    waiting.add(socket);
    ports.onStranger?.(sight);
    const until = performance.now() + patienceMs;
    const timer = setInterval(() => {
      const isFound = find(socket, sight);
      if (!isFound && performance.now() < until) return;
      clearInterval(timer);
      waiting.delete(socket);
      if (!isFound) refuse(socket, 'no-session');
    }, lookEveryMs);
  };

  return listenOn(path, {
    onConnection: (socket) => {
      // Whoever goes away while we look has nothing more to say.
      socket.on('error', () => undefined);
      const known = ports.credentialsOf(socket);
      const isSlow = known !== null && !pace.mayDial(known.uid);
      const sight = known && known.pid > 0 && !isSlow ? ports.sightOf(socket, known.pid) : null;
      if (sight) findSoon(socket, sight);
      else refuse(socket, isSlow ? 'too-fast' : 'unknown-peer');
    },
    onTrouble: ports.onTrouble,
    mode,
  });
};
