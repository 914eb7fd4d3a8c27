import { execFile } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, type StatsFs, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from '../../os/attempt.ts';

/** The machine as the checks see it. Paths are absolute; what cannot be read is null or empty. */
export interface Machine {
  readonly uid: number;
  /** Where Holdfast keeps its state. */
  readonly stateDir: string;
  read(path: string): string | null;
  list(directory: string): string[];
  /** The uid a path belongs to; null when there is none. */
  ownerOf(path: string): number | null;
  space(path: string): StatsFs | null;
  /** stdout of a program; null when it is missing, fails, or takes longer than two seconds. */
  run(program: string, args: readonly string[]): Promise<string | null>;
}

/** A server that hangs must not hang the doctor, ms. */
const limitMs = 2000;

const runProgram = (program: string, args: readonly string[]): Promise<string | null> =>
  new Promise((resolve) => {
    const options = { timeout: limitMs, killSignal: 'SIGKILL', encoding: 'utf8' } as const;
    execFile(program, [...args], options, (error, stdout) => resolve(error ? null : stdout.trim()));
  });

/** @param root looked at instead of `/`, for tests. */
export const machineAt = (
  root: string,
  { uid, stateDir }: { uid: number; stateDir: string },
): Machine => ({
  uid,
  stateDir,
  read: (path) => attempt(() => readFileSync(join(root, path), 'utf8')),
  list: (directory) => attempt(() => readdirSync(join(root, directory)).sort()) ?? [],
  ownerOf: (path) => attempt(() => lstatSync(join(root, path)).uid),
  space: (path) => attempt(() => statfsSync(join(root, path))),
  run: runProgram,
});
