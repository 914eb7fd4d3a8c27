import { grade, type Said } from './grade.ts';
import type { Outcome } from './outcome.ts';
import type { Expected } from './way.ts';

type Result = Outcome['result'];

export const judged = (expected: Expected, said: Said): Result => ({
  ...{ expected, said },
  grade: grade(expected, said),
});

/** The first line of what was thrown. */
export const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0] ?? '';
};

/** What Holdfast says of it could not be told. */
export const broken = (error: unknown): Result => ({ broken: messageOf(error) });
