import { connect } from 'node:net';
import { codeOf, messageOf, ProtocolFailure } from '../../model/failure.ts';
import type { Testimony, WitnessedCommand } from '../../model/witnessed.ts';
import { giveUpAfter } from '../../os/give-up.ts';
import {
  defaultPatienceMs,
  maxAnswer,
  type WitnessHealth,
  type WitnessMethods,
} from '../../protocol/witness.ts';
import { clientLimits, createPeer } from '../../wire/peer.ts';
import { readCommands, readTestimony } from './read-testimony.ts';

/** What the witness tells, or why nothing comes from it. */
export type Told = { testimony: Testimony } | { untold: string };

/** How it fares, or why it does not say so. */
export type HealthTold = { health: WitnessHealth } | { untold: string };

/** Neither of its calls rejects. */
export interface WitnessClient {
  /** @param withinMs default: what a verdict can wait */
  testify(question: WitnessMethods['testify']['params'], withinMs?: number): Promise<Told>;
  /** Empty also where nothing comes from it. */
  commands(
    question: WitnessMethods['commands']['params'],
    withinMs: number,
  ): Promise<WitnessedCommand[]>;
  health(): Promise<HealthTold>;
}

const limits = { ...clientLimits, maxLine: maxAnswer };

const away = new Set(['ENOENT', 'ECONNREFUSED', 'EACCES']);

/** In the words of a person. */
const reasonOf = (cause: unknown): string => {
  const origin = cause instanceof Error ? codeOf(cause.cause) : null;
  return away.has(origin ?? '') ? 'no witness is running' : messageOf(cause);
};

/** A connection for each question: there is one for each death. */
const ask = async <M extends keyof WitnessMethods>(
  path: string,
  method: M,
  params: WitnessMethods[M]['params'],
  withinMs = defaultPatienceMs,
): Promise<WitnessMethods[M]['result']> => {
  const socket = connect(path);
  const peer = createPeer(socket, { requests: {}, notifications: {} }, limits);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const why = `the witness does not answer in ${withinMs} ms`;
  const giveUp = (): void => reject(new ProtocolFailure('no-answer', why));
  const timer = giveUpAfter(withinMs, giveUp);
  try {
    const answer = peer.call(method, params) as Promise<WitnessMethods[M]['result']>;
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    peer.close();
  }
};

export const createWitnessClient = (path: string): WitnessClient => ({
  testify: (question, withinMs = defaultPatienceMs) =>
    ask(path, 'testify', { ...question, patienceMs: withinMs }, withinMs).then(
      (told) => readTestimony(told),
      (cause) => ({ untold: reasonOf(cause) }),
    ),
  commands: (question, withinMs) =>
    ask(path, 'commands', { ...question, patienceMs: withinMs }, withinMs).then(
      readCommands,
      () => [],
    ),
  health: () =>
    ask(path, 'health', {}).then(
      (health) => ({ health }),
      (cause) => ({ untold: reasonOf(cause) }),
    ),
});
