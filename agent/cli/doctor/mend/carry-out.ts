import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../../../model/failure.ts';
import { textOf } from '../../../os/text-of.ts';
import type { Mend, Step } from './mend.ts';

const limitMs = 10_000;

/** What somebody wrote there stays. */
const write = (path: string, file: string, text: string): void => {
  const there = textOf(path);
  if (there === text) return;
  if (there !== null)
    throw new Failure('mend-refused', `${file} is there already: add to it by hand`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  writeFileSync(path, text, { flag: 'wx', mode: 0o644 });
};

const run = async (program: string, args: readonly string[]): Promise<void> => {
  const options = { timeout: limitMs, killSignal: 'SIGKILL' } as const;
  await promisify(execFile)(program, [...args], options).catch((cause) => {
    const said = String(cause.stderr ?? '').trim() || cause.message;
    throw new Failure('mend-failed', `${program}: ${said}`, { cause });
  });
};

const signal = (root: string, { pid, signal, program }: Step & { does: 'signal' }): void => {
  const comm = textOf(join(root, `/proc/${pid}/comm`))?.trim();
  if (comm !== program) throw new Failure('mend-refused', `process ${pid} is no longer ${program}`);
  process.kill(pid, signal);
};

const take = async (root: string, step: Step): Promise<void> => {
  if (step.does === 'write') return write(join(root, step.file), step.file, step.text);
  if (step.does === 'run') return run(step.program, step.args);
  if (step.does === 'signal') return signal(root, step);
  const directory = join(root, step.directory);
  // Neither through a link nor over what somebody put there: it must be ours from its beginning.
  mkdirSync(directory, { mode: step.mode });
  chmodSync(directory, step.mode);
};

/**
 * Takes the steps in order, and stops at the first that fails.
 * @param root worked in instead of `/`, for tests
 * @throws Failure `mend-refused`, `mend-failed`; what the system says
 */
export const carryOut = async ({ steps }: Mend, root = '/'): Promise<void> => {
  for (const step of steps) await take(root, step);
};
