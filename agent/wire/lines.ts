import type { Socket } from 'node:net';
import { ProtocolFailure } from '../model/failure.ts';

export interface LineLimits {
  /** Longest line accepted, in UTF-16 units; a longer one ends the connection. */
  maxLine: number;
  /** How long a line may stay unfinished, ms. */
  unfinishedMs: number;
}

/**
 * Calls `onLine` for each complete line of `socket`. A line too long, or begun and not finished in time,
 * destroys the socket with a ProtocolFailure: `line-too-long` or `line-unfinished`.
 */
export const readLines = (
  socket: Socket,
  limits: LineLimits,
  onLine: (line: string) => void,
): void => {
  let rest = '';
  let timer: NodeJS.Timeout | undefined;

  const fail = (code: string, message: string): void => {
    socket.destroy(new ProtocolFailure(code, message));
  };
  const watchRest = (): void => {
    clearTimeout(timer);
    if (rest.length > limits.maxLine) {
      fail('line-too-long', `a line of more than ${limits.maxLine} characters`);
    } else if (rest !== '') {
      timer = setTimeout(
        () => fail('line-unfinished', `a line was not finished within ${limits.unfinishedMs} ms`),
        limits.unfinishedMs,
      );
    }
  };

  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (socket.destroyed) return;
      if (line.length > limits.maxLine) {
        fail('line-too-long', `a line of more than ${limits.maxLine} characters`);
      } else if (line.trim() !== '') onLine(line);
    }
    watchRest();
  });
  socket.on('close', () => clearTimeout(timer));
};
