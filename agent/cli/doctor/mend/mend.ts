import { shellWord } from '../../../model/text/shell-word.ts';

/** One thing that `doctor --fix` does. No shell reads it. */
export type Step =
  /** Makes a file that is not there yet; one that is there is left as it is. */
  | { does: 'write'; file: string; text: string }
  | { does: 'make-directory'; directory: string; mode: number }
  | { does: 'run'; program: string; args: readonly string[] }
  /** To a process that is still this program: a signal to another may end it. */
  | { does: 'signal'; pid: number; signal: 'SIGUSR1'; program: string };

/** What mends a finding safely: it ends no session, and can be undone. */
export interface Mend {
  steps: readonly Step[];
  /** Root alone may. */
  needsRoot: boolean;
  /** Whose it is, where it is not Holdfast's: said before anything is changed. */
  foreign: string | null;
  /** How to undo it. */
  undo: string;
}

/** A step in words. */
export const stepText = (step: Step): string => {
  switch (step.does) {
    case 'write':
      return `write ${step.file}: ${step.text.trimEnd()}`;
    case 'make-directory':
      return `make ${step.directory}, mode ${step.mode.toString(8).padStart(4, '0')}`;
    case 'run':
      return `run ${[step.program, ...step.args].map(shellWord).join(' ')}`;
    case 'signal':
      return `send ${step.signal} to ${step.program}, pid ${step.pid}`;
  }
};
