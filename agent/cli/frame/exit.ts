import { Failure } from '../../model/failure.ts';

/** The exit codes of every command; those above 1 are from sysexits.h. Documented in docs/CLI.md. */
export const exitCode = {
  ok: 0,
  failed: 1,
  usage: 64,
  unavailable: 69,
  software: 70,
  config: 78,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

export const exitMeanings: Readonly<Record<ExitCode, string>> = {
  0: 'done',
  1: 'failed, refused, or `doctor` found something to warn about',
  64: 'wrong usage: unknown command, option or argument',
  69: 'the agent is not running (what could be read from state.json was printed)',
  70: 'a mistake in Holdfast itself; with `HOLDFAST_DEBUG=1` its stack is printed',
  78: 'the configuration cannot be used',
};

const unavailable = new Set(['agent-unreachable', 'connection-closed', 'no-answer']);

/** True when nobody answered: not running, gone in the middle, or hung. */
export const isUnavailable = (error: unknown): error is Failure =>
  error instanceof Failure && unavailable.has(error.code);

/** The exit code for what a command threw. */
export const exitCodeFor = (error: unknown): ExitCode => {
  if (!(error instanceof Failure)) return exitCode.software;
  if (error.code === 'usage') return exitCode.usage;
  if (unavailable.has(error.code)) return exitCode.unavailable;
  return error.code.startsWith('config') ? exitCode.config : exitCode.failed;
};
