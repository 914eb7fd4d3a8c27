import type { Socket } from 'node:net';
import { RequestFailure } from '../model/failure.ts';
import {
  defaultPatienceMs,
  maxNaming,
  maxPids,
  mostPatienceMs,
  type WitnessMethods,
} from '../protocol/witness.ts';
import { type Listener, listenOn } from '../wire/listen.ts';
import { clientLimits, createPeer } from '../wire/peer.ts';
import type { Answers } from './answers.ts';

type Question = WitnessMethods['testify']['params'];
type Naming = WitnessMethods['commands']['params'];

const isPids = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= maxPids &&
  value.every((pid) => Number.isSafeInteger(pid) && pid > 0);

const isPatience = (value: number): boolean =>
  Number.isFinite(value) && value >= 0 && value <= mostPatienceMs;

type Waiting = Required<Pick<Question, 'since' | 'until' | 'patienceMs'>>;

/** Of which time is asked, and how long is waited; null: it is not said as it must be. */
const readWaiting = (question: Partial<Waiting>): Waiting | null => {
  const { since, until, patienceMs = defaultPatienceMs } = question;
  return [since, until].every(Number.isFinite) && isPatience(patienceMs)
    ? { since: Number(since), until: Number(until), patienceMs }
    : null;
};

/** @throws RequestFailure `bad-params` */
const readQuestion = (params: unknown): Question => {
  const question = (params ?? {}) as Partial<Question>;
  const waiting = readWaiting(question);
  if (isPids(question.pids) && waiting) return { pids: question.pids, ...waiting };
  throw new RequestFailure(
    'bad-params',
    `expected at most ${maxPids} pids, since, until and maybe a patienceMs of at most ${mostPatienceMs}`,
  );
};

const isNaming = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= maxNaming.words &&
  value.every((word) => typeof word === 'string' && word.length <= maxNaming.length);

/** @throws RequestFailure `bad-params` */
const readNaming = (params: unknown): Naming => {
  const question = (params ?? {}) as Partial<Naming>;
  const waiting = readWaiting(question);
  if (isNaming(question.naming) && waiting) return { naming: question.naming, ...waiting };
  throw new RequestFailure(
    'bad-params',
    `expected at most ${maxNaming.words} words of at most ${maxNaming.length} characters, since and until`,
  );
};

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
    commands: (params: unknown) => answers.commands(readNaming(params)),
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
