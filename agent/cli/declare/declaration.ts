import { resolve } from 'node:path';
import { environmentName, isSessionName } from '../../model/config/shapes.ts';
import { usageFailure } from '../frame/parse.ts';
import { shellCommand } from './shell-command.ts';

/** A session as `holdfast run` declares it; the keys are those of the configuration. */
export interface DeclaredSession {
  command: string;
  cwd: string;
  env?: Record<string, string>;
  server?: string;
}

const readVariable = (text: string): [string, string] => {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(0, equals));
  // The value may be a secret: only the name is repeated.
  if (equals < 0) throw usageFailure('--env takes KEY=VALUE; there is no "="');
  if (!environmentName.test(name)) {
    throw usageFailure(
      `--env: "${name}" is no variable name: letters, digits and _, no digit first`,
    );
  }
  return [name, text.slice(equals + 1)];
};

/** @throws Failure `usage` */
export const checkSessionName = (name: string): string => {
  if (isSessionName(name)) return name;
  throw usageFailure('a session name has 1 to 200 printable characters');
};

/** Makes a declaration of what was typed. @throws Failure `usage` */
export const declarationOf = (
  words: readonly string[],
  options: { cwd: string | undefined; env: readonly string[]; server: string | undefined },
  here: string,
): DeclaredSession => {
  const command = shellCommand(words);
  if (command.trim() === '') throw usageFailure('the command is empty');
  const env = Object.fromEntries(options.env.map(readVariable));
  return {
    command,
    cwd: resolve(here, options.cwd ?? '.'),
    ...(options.env.length === 0 ? {} : { env }),
    ...(options.server === undefined ? {} : { server: options.server }),
  };
};
