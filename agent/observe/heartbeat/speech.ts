import type { Socket } from 'node:net';
import type { Instance } from '../../model/events/server.ts';
import { type Beat, maxBeatBytes } from '../../protocol/heartbeat.ts';
import { type LineLimits, readLines } from '../../wire/lines.ts';
import { readBeat } from './read-beat.ts';
import type { Refusal } from './refusal.ts';

/** A process in a session, which has connected. */
export interface Speaker {
  /** Of the connection. */
  id: number;
  life: string;
  /** Whose session it is. */
  owner: string;
  process: Instance;
}

export interface SpeechPorts {
  /** Null: it was heard. */
  hear(speaker: Speaker, beat: Beat): Refusal | null;
  gone(speaker: Speaker, how: 'closed' | 'silent'): void;
  refused(why: Refusal): void;
  /** How long nothing may come before a bot counts as lost, ms. */
  silentAfterMs: number;
}

const limits: LineLimits = { maxLine: maxBeatBytes, unfinishedMs: 10_000 };

/** Whoever is too fast waits so long, with what he says in the buffers of his socket. ms */
const waitMs = 1000;

/** A program that speaks something else is told nothing, and goes. */
const maxNonsense = 20;

/** Listens to one connection, until it ends or says nothing any more. Nobody is answered. */
export const listenTo = (
  socket: Socket,
  speaker: Speaker,
  { hear, gone, refused, silentAfterMs }: SpeechPorts,
  mayRead: () => boolean,
): void => {
  let how: 'closed' | 'silent' = 'closed';
  let nonsense = 0;
  let waiting: NodeJS.Timeout | undefined;
  const silence = setTimeout(() => {
    how = 'silent';
    socket.destroy();
  }, silentAfterMs);

  const wait = (): void => {
    refused('too-fast');
    socket.pause();
    waiting ??= setTimeout(() => {
      waiting = undefined;
      socket.resume();
    }, waitMs);
  };
  const misheard = (why: Refusal): void => {
    refused(why);
    if (why === 'not-a-beat') nonsense += 1;
    // A session that is over has nothing to say; whoever outlived it may be of another one.
    if (why === 'no-session' || nonsense >= maxNonsense) socket.destroy();
  };

  socket.once('close', () => {
    clearTimeout(silence);
    clearTimeout(waiting);
    gone(speaker, how);
  });
  readLines(socket, limits, (line) => {
    if (!mayRead()) {
      wait();
      return;
    }
    const beat = readBeat(line);
    const why = beat ? hear(speaker, beat) : 'not-a-beat';
    if (why === null) silence.refresh();
    else misheard(why);
  });
};
