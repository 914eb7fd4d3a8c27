import { createHeartbeat } from '../../heartbeat/main.ts';
import { printable } from '../../model/text/printable.ts';
import {
  type ConnectionState,
  connectionStates,
  heartbeatVariable,
} from '../../protocol/heartbeat.ts';
import type { Context } from '../command.ts';
import { exitCode } from '../frame/exit.ts';
import { usageFailure } from '../frame/parse.ts';
import { printJson } from '../frame/print-json.ts';
import { readCount } from '../frame/read-value.ts';
import { readInput } from '../heartbeat/read-input.ts';
import { readSign } from '../heartbeat/read-sign.ts';
import { sayOnce } from '../heartbeat/say-once.ts';

export interface HeartbeatValues {
  bot: string | undefined;
  socket: string | undefined;
  follow: boolean;
  connection: string | undefined;
  why: string | undefined;
  received: string | undefined;
  sent: string | undefined;
  count: string[];
  time: string[];
  error: string | undefined;
}

/** Lines that are not understood are said so often, lest a bot that is wrong fills a log. */
const mostComplaints = 10;

const socketOf = (context: Context, { socket }: HeartbeatValues): string =>
  socket ?? (context.env[heartbeatVariable] || context.paths.heartbeatSocket);

const readState = (text: string): ConnectionState => {
  const state = connectionStates.find((known) => known === text);
  if (state !== undefined) return state;
  throw usageFailure(`--connection takes one of ${connectionStates.join(', ')}, got "${text}"`);
};

/** `NAME=5`; a count may go without: 1. */
const readNamed = (option: string, text: string, usual?: number): [string, number] => {
  const [, name = '', value] = /^([^=]+)(?:=(\d{1,9}(?:\.\d{1,6})?))?$/.exec(text) ?? [];
  const n = value === undefined ? usual : Number(value);
  if (name !== '' && n !== undefined) return [name, n];
  throw usageFailure(`${option} takes NAME=NUMBER, got "${text}"`);
};

const once = async (context: Context, values: HeartbeatValues): Promise<number> => {
  const { connection, why, received, sent, error } = values;
  if (why !== undefined && connection === undefined) throw usageFailure('--why needs --connection');
  const state = connection === undefined ? null : readState(connection);
  const counts = values.count.map((text) => readNamed('--count', text, 1));
  const times = values.time.map((text) => readNamed('--time', text));
  const [took, gave] = [
    received === undefined ? null : readCount('--received', received),
    sent === undefined ? null : readCount('--sent', sent),
  ];
  const beat = await sayOnce(socketOf(context, values), values.bot, (account) => {
    if (state !== null) account.connection(state, why);
    if (took !== null) account.received(took);
    if (gave !== null) account.sent(gave);
    for (const [name, n] of counts) account.count(name, n);
    for (const [name, ms] of times) account.time(name, ms);
    if (error !== undefined) account.error({ name: 'Error', message: error });
  });
  if (context.json) printJson(context.stdout, beat);
  return exitCode.ok;
};

/** Signs of life are those the bot gives: that this command lives says nothing of it. */
const follow = async (context: Context, values: HeartbeatValues): Promise<number> => {
  const socket = socketOf(context, values);
  const { bot } = values;
  const beat = createHeartbeat({ socket, everyMs: null, ...(bot === undefined ? {} : { bot }) });
  let number = 0;
  let complaints = 0;
  const complain = (line: string | null): void => {
    complaints += 1;
    if (complaints > mostComplaints) return;
    const what = line === null ? 'it is too long' : `"${printable(line.slice(0, 40))}"`;
    context.stderr.line(`holdfast: line ${number} is no sign of a bot: ${what}`);
  };
  await readInput(process.stdin, (line) => {
    number += 1;
    const sign = line === null ? null : readSign(line);
    if (sign === null) complain(line);
    else sign(beat);
  });
  await beat.close();
  return exitCode.ok;
};

const isSaid = ({
  count,
  time,
  connection,
  why,
  received,
  sent,
  error,
}: HeartbeatValues): boolean =>
  [connection, why, received, sent, error].some((value) => value !== undefined) ||
  count.length + time.length > 0;

/** Says how a bot is, once by options or line by line from standard input. */
export const heartbeat = (context: Context, values: HeartbeatValues): Promise<number> => {
  if (!values.follow) return once(context, values);
  if (isSaid(values)) throw usageFailure('with --follow all is said on standard input');
  return follow(context, values);
};
