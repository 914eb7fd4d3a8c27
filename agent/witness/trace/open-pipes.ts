import { closeSync, constants, openSync } from 'node:fs';
import type { Tracing } from './set-up.ts';

/** Descriptors of the pipes of the instances; null: there is none. */
export interface Pipes {
  signals: number;
  lives: number | null;
  arguments: number | null;
}

const open = (pipe: string): number => openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);

export const openPipes = ({ signals, lives, arguments: args }: Tracing): Pipes => ({
  signals: open(signals),
  lives: open(lives),
  arguments: args === null ? null : open(args),
});

export const closePipes = (pipes: Pipes): void => {
  for (const fd of Object.values(pipes)) if (fd !== null) closeSync(fd);
};
