import { Failure } from '../../../agent/model/failure.ts';
import { createCredentials } from '../credentials/credentials.ts';
import { readLastResort } from './settings.ts';
import { stampTold, wasTold } from './stamp.ts';
import { type DispatchPorts, type Told, tellChat } from './tell-chat.ts';
import { messageText } from './text.ts';

export interface LastResortOptions {
  /** The unit that failed. */
  unit: string;
  /** systemd's: `STATE_DIRECTORY`, `RUNTIME_DIRECTORY`, `CREDENTIALS_DIRECTORY`, `MONITOR_…`. */
  env: NodeJS.ProcessEnv;
  /** ms since the epoch. */
  date: number;
}

export type Result =
  /** Nobody is paired, or they know already. */
  | { outcome: 'nothing to do'; why: 'nobody paired' | 'told before' }
  | { outcome: 'told' | 'not told'; chats: number; failed: string[] };

/** Tries are begun within this, ms. */
const withinMs = 60_000;

/** That of the unit, should systemd not have said. */
const usualDirectory = '/var/lib/holdfast-notifier';

/** A full disk takes no stamp, and a unit that keeps failing would be told each time: memory takes it then. */
const stampDirectories = (directory: string, env: NodeJS.ProcessEnv): string[] => {
  const inMemory = env['RUNTIME_DIRECTORY'];
  return inMemory ? [directory, inMemory] : [directory];
};

/** @throws Failure `no-token`, and those of the credential */
const readToken = (directory: string | undefined): string => {
  const token = directory ? createCredentials(directory).read('telegram-token') : null;
  if (token !== null) return token;
  const message =
    'somebody is paired, but this unit has no credential telegram-token: give it the one of holdfast-notifier';
  throw new Failure('no-token', message);
};

const codesOf = (results: readonly Told[]): string[] =>
  results.flatMap((result) => (result.told ? [] : [result.code]));

/**
 * Tells everybody who is paired that a unit failed. Needs neither agent nor notifier.
 * @throws Failure `config-damaged`, `config-unreadable`, `no-token`, and those of the credential
 */
export const lastResort = async (
  { unit, env, date }: LastResortOptions,
  ports: DispatchPorts,
): Promise<Result> => {
  const directory = env['STATE_DIRECTORY'] || usualDirectory;
  const settings = readLastResort(directory);
  if (!settings || settings.chats.length === 0) {
    return { outcome: 'nothing to do', why: 'nobody paired' };
  }
  const stamps = stampDirectories(directory, env);
  if (wasTold(stamps, unit, date)) return { outcome: 'nothing to do', why: 'told before' };
  const token = readToken(env['CREDENTIALS_DIRECTORY']);
  const text = messageText(settings.host, unit, env);
  const { apiRoot, proxy, chats } = settings;
  const telling = { apiRoot, proxy, token, text, deadline: ports.now() + withinMs };
  const results = await Promise.all(chats.map((chat) => tellChat(telling, chat, ports)));
  const failed = codesOf(results);
  const told = failed.length < results.length;
  if (told) stampTold(stamps, unit, date);
  return { outcome: told ? 'told' : 'not told', chats: chats.length, failed };
};
