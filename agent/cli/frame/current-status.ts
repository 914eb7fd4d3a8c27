import { readFile } from 'node:fs/promises';
import { codeOf, Failure, messageOf } from '../../model/failure.ts';
import type { StatusDocument } from '../../model/status/status.ts';
import { printable } from '../../model/text/printable.ts';
import type { Context } from '../command.ts';
import { ago } from '../view/time.ts';
import { withAgent } from './agent.ts';
import { type ExitCode, exitCode, isUnavailable } from './exit.ts';

export interface CurrentStatus {
  document: StatusDocument;
  /** `state.json` when the agent does not answer: the last thing it wrote. */
  source: 'agent' | 'state.json';
  exit: ExitCode;
}

const lists = ['links', 'servers', 'sessions', 'incidents'] as const;

/** @throws Failure `state-file-unusable` when it is damaged or of a newer release */
export const parseStateFile = (text: string): StatusDocument => {
  const refuse = (why: string): Failure => new Failure('state-file-unusable', why);
  let value: Partial<Record<keyof StatusDocument, unknown>> | null;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Failure('state-file-unusable', 'it is not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null) throw refuse('it is not an object');
  if (value.schema !== 1) throw refuse(`its schema is ${String(value.schema)}, and 1 is known`);
  const whole =
    lists.every((name) => Array.isArray(value[name])) &&
    typeof value.agent === 'object' &&
    value.agent !== null &&
    typeof value.writtenAt === 'number';
  if (!whole) throw refuse('parts of it are missing');
  return value as StatusDocument;
};

const readStateFile = async (context: Context, unreachable: Failure): Promise<StatusDocument> => {
  const { stateFile } = context.paths;
  try {
    return parseStateFile(await readFile(stateFile, 'utf8'));
  } catch (cause) {
    // Never started here: there is nothing more to say.
    if (codeOf(cause) === 'ENOENT') throw unreachable;
    const message = `${unreachable.message}; nor can ${stateFile} be used: ${messageOf(cause)}`;
    throw new Failure('agent-unreachable', message, { cause });
  }
};

/** What the agent says now, or else what it last wrote, said on stderr with its age. */
export const currentStatus = async (context: Context): Promise<CurrentStatus> => {
  try {
    const document = await withAgent(context, (client) => client.call('status', {}));
    return { document, source: 'agent', exit: exitCode.ok };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    const document = await readStateFile(context, error);
    const age = ago(document.writtenAt, context.now());
    const warning = `holdfast: ${error.message}; what follows is state.json, written ${age}`;
    context.stderr.line(context.stderr.paint('yellow', printable(warning)));
    return { document, source: 'state.json', exit: exitCode.unavailable };
  }
};
