import { runScript } from '../../agent/link/tmux/script.ts';
import type { Stack } from './stack.ts';

/** A program that waits and is never heard of. */
export const idle = 'exec sleep 1000000';

/** Draws the whole screen ten times a second without starting a process, as a spinner of an AI CLI does. */
export const redrawing = `exec bash -c '
  while :; do
    printf "\\033[H"
    for ((row = 1; row < 24; row++)); do printf "\\033[K%d working %d\\n" "$row" "$RANDOM"; done
    read -rt 0.1
  done'`;

/** Sessions named `PREFIX-0`, `PREFIX-1` and so on. */
export const sessionNames = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${prefix}-${i}`);

/** Many sessions take one tmux client; it needs its time where there are hundreds. */
const limitMs = 60_000;

export const createSessions = async (
  socket: string,
  names: readonly string[],
  command: string,
): Promise<void> => {
  const commands = names.map((name) => ['new-session', '-d', '-s', name, command]);
  await runScript(socket, commands, limitMs);
};

/** The socket of the stack's managed server. */
export const mainSocket = ({ paths }: Stack): string => `${paths.tmuxDir}/main.sock`;

/** Resolves when so many sessions are supervised, each of them measured once. */
export const untilSupervised = async (stack: Stack, count: number): Promise<void> => {
  await stack.until(`${count} sessions`, ({ sessions }) => {
    const up = sessions.filter(({ status, rssBytes }) => status === 'up' && rssBytes > 0);
    return up.length === count;
  });
};

/** Gives the stack so many idle sessions and waits until all are supervised. */
export const fill = async (stack: Stack, count: number): Promise<string[]> => {
  const names = sessionNames('idle', count);
  await createSessions(mainSocket(stack), names, idle);
  await untilSupervised(stack, count);
  return names;
};
