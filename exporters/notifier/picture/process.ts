import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Failure, messageOf } from '../../../agent/model/failure.ts';
import { pictureFlags } from './flags.ts';
import type { PictureRequest } from './request.ts';

/** Beside our own bundle; in a checkout the source. */
export const pictureProgram = (self: { filename: string; dirname: string } = import.meta): string =>
  join(self.dirname, self.filename.endsWith('.ts') ? 'main.ts' : 'holdfast-picture.js');

export interface PictureOptions {
  /** The program: holdfast-picture.js beside our bundle, picture/main.ts in a checkout. */
  file: string;
  /** Then it is killed. Counted from its start: what waits before it does not count. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** As EX_DATAERR and EX_TEMPFAIL (sysexits.h), see picture/main.ts. */
const codes: Readonly<Record<number, string>> = { 65: 'picture-request', 75: 'picture-time' };

/** More than any picture, one of 500 x 200 random colours too. */
const maxPngBytes = 32_000_000;

/** Of what it says when it fails. */
const maxMessage = 300;

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** It gets nothing of our surroundings: the token is in them. */
const start = (file: string): Child =>
  spawn(process.execPath, [...pictureFlags, file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { MALLOC_ARENA_MAX: '1' },
  });

const collect = (stream: Readable, maxBytes: number, tooMuch: () => void): (() => Buffer) => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks);
};

const failed = (code: string, message: string, cause?: unknown): Failure =>
  new Failure(code, message, { retryable: code === 'picture-time', cause });

const run = (request: PictureRequest, { file, timeoutMs, signal }: PictureOptions) =>
  new Promise<Uint8Array>((resolve, reject) => {
    if (signal?.aborted) throw failed('picture-aborted', 'the picture is not wanted any more');
    const child = start(file);
    const stop = (failure: Failure): void => {
      child.kill('SIGKILL');
      reject(failure);
    };
    const abort = (): void => stop(failed('picture-aborted', 'the picture is not wanted any more'));
    const timer = setTimeout(
      () => stop(failed('picture-time', `the picture took longer than ${timeoutMs} ms`)),
      timeoutMs,
    );
    signal?.addEventListener('abort', abort, { once: true });
    const png = collect(child.stdout, maxPngBytes, () =>
      stop(failed('picture-failed', 'the picture is too large')),
    );
    const said = collect(child.stderr, maxMessage, () => {});
    child.once('error', (cause) => stop(failed('picture-failed', messageOf(cause), cause)));
    // It ended before it read everything; its exit says why.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(request));
    child.once('close', (code, killedBy) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (code === 0) return resolve(png());
      const [line = ''] = said().toString('utf8').split('\n');
      const how = killedBy ?? `exit code ${code}`;
      reject(failed(codes[code ?? 0] ?? 'picture-failed', line === '' ? how : line));
    });
  });

let last: Promise<unknown> = Promise.resolve();

/**
 * The screen as a PNG, drawn by a process of its own, one at a time, however many are asked for: each may take as
 * much memory as the notifier may have besides. What it looks like is decided in picture/layout.ts; whether it can be
 * sent as a photo, in picture/photo.ts.
 * @throws Failure `picture-request` when the screen is no right one or too large, `picture-time` (retryable) when
 *   it takes too long, `picture-aborted`, `picture-failed` when the program cannot be started or fails.
 */
export const renderPicture = (
  screen: PictureRequest,
  options: PictureOptions,
): Promise<Uint8Array> => {
  const turn = last.then(() => run(screen, options));
  last = turn.catch(() => {});
  return turn;
};
