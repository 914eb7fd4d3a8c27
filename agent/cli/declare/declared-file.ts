import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { codeOf, Failure, messageOf } from '../../model/failure.ts';
import type { Context } from '../command.ts';
import type { DeclaredSession } from './declaration.ts';
import { declarationFileName } from './file-name.ts';

/** Environment values may be secrets; in the system layout the service's group reads the file. */
const modeOf = ({ home }: Context): number => (home === null ? 0o640 : 0o600);

export const declaredFile = ({ paths }: Context, session: string): string =>
  join(paths.sessionsDir, declarationFileName(session));

const explained = (verb: string, file: string, cause: unknown): Failure => {
  const code = codeOf(cause);
  if (code === 'EEXIST') return new Failure('session-exists', `${file} is there already`);
  const hint = code === 'EACCES' ? 'permission denied; as root it would work' : messageOf(cause);
  return new Failure('file-not-written', `cannot ${verb} ${file}: ${hint}`, { cause });
};

/** @throws Failure `session-exists`, `file-not-written` */
export const writeDeclaration = (
  context: Context,
  session: string,
  declaration: DeclaredSession,
): string => {
  const file = declaredFile(context, session);
  const body = stringify({ sessions: { [session]: declaration } }, { lineWidth: 0 });
  const text = `# Written by: holdfast run. Undone by: holdfast forget\n${body}`;
  try {
    writeFileSync(file, text, { flag: 'wx', mode: modeOf(context) });
    // The umask of a hardened login would keep it from the agent.
    chmodSync(file, modeOf(context));
  } catch (cause) {
    throw explained('write', file, cause);
  }
  return file;
};

/** @throws Failure `file-not-written` */
export const removeDeclaration = (file: string): void => {
  try {
    rmSync(file);
  } catch (cause) {
    throw explained('remove', file, cause);
  }
};
