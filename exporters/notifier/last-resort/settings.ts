import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, Failure } from '../../../agent/model/failure.ts';

/**
 * What is needed to tell people when neither agent nor notifier runs. The notifier writes it whenever somebody is paired
 * or unpaired, and when it starts. No secret is in it.
 */
export interface LastResort {
  /** `https://api.telegram.org` */
  apiRoot: string;
  /** `http://HOST:PORT`; null: none. */
  proxy: string | null;
  /** Ids of the chats of those who are paired. */
  chats: string[];
  /** The machine's name. */
  host: string;
}

const fileIn = (directory: string): string => join(directory, 'last-resort.json');

/** Appears whole or not at all, for us alone. */
export const writeLastResort = (directory: string, settings: LastResort): void => {
  const file = fileIn(directory);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(settings)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const check = (value: Partial<Record<keyof LastResort, unknown>> | null): LastResort => {
  const { apiRoot, proxy, chats, host } = value ?? {};
  const whole =
    isText(apiRoot) &&
    /^https?:\/\//.test(apiRoot) &&
    URL.canParse(apiRoot) &&
    (proxy === null || (isText(proxy) && URL.canParse(proxy))) &&
    Array.isArray(chats) &&
    chats.every(isText) &&
    isText(host);
  if (!whole) throw new Failure('config-damaged', 'last-resort.json is damaged');
  return { apiRoot, proxy, chats, host };
};

/**
 * Null where nobody was ever paired.
 * @throws Failure `config-damaged`, `config-unreadable`
 */
export const readLastResort = (directory: string): LastResort | null => {
  let text: string;
  try {
    text = readFileSync(fileIn(directory), 'utf8');
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return null;
    throw new Failure('config-unreadable', `last-resort.json cannot be read: ${code}`);
  }
  try {
    return check(JSON.parse(text));
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('config-damaged', 'last-resort.json is damaged');
  }
};
