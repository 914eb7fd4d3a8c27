import type { Socket } from 'node:net';
import { RequestFailure } from '../model/failure.ts';
import { maxPids, type WitnessHealth, type WitnessMethods } from '../protocol/witness.ts';
import { type Listener, listenOn } from '../wire/listen.ts';
import { clientLimits, createPeer } from '../wire/peer.ts';

type Question = WitnessMethods['testify']['params'];

const isPids = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= maxPids &&
  value.every((pid) => Number.isSafeInteger(pid) && pid > 0);

/** @throws RequestFailure `bad-params` */
const readQuestion = (params: unknown): Question => {
  const { pids, since, until } = (params ?? {}) as Partial<Question>;
  if (isPids(pids) && Number.isFinite(since) && Number.isFinite(until)) {
    return { pids, since: Number(since), until: Number(until) };
  }
  throw new RequestFailure('bad-params', `expected at most ${maxPids} pids, since and until`);
};

export interface Answers {
  testify(question: Question): WitnessMethods['testify']['result'];
  health(): WitnessHealth;
}

/** The agent, and a person who looks for himself. */
const maxConnections = 8;

/** Who may connect, the mode of the socket and of its directory say. */
export const serveEvidence = (
  path: string,
  mode: number,
  answers: Answers,
  onTrouble: (what: string, cause: unknown) => void,
): Promise<Listener> => {
  const connected = new Set<Socket>();
  const requests = {
    testify: (params: unknown) => answers.testify(readQuestion(params)),
    health: () => answers.health(),
  };
  return listenOn(path, {
    mode,
    onTrouble,
    onConnection: (socket) => {
      if (connected.size >= maxConnections) {
        socket.destroy();
        return;
      }
      connected.add(socket);
      const peer = createPeer(socket, { requests, notifications: {}, onTrouble }, clientLimits);
      void peer.closed.then(() => connected.delete(socket));
    },
  });
};
