import { execFileSync } from 'node:child_process';
import { copyFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from './programs.ts';

/** Programs under names of their own, in one directory. */
export interface Files {
  /** A path where nothing is yet. */
  fresh(): string;
  /** An executable script; `interpreter` is the name of a program. */
  script(interpreter: string, text: string): string;
  /** A copy of an installed program: it is known to nobody by its name. */
  copy(name: string): string;
  /** One of the programs in C beside this file, compiled. Needs gcc. */
  compile(source: string): string;
}

export const createFiles = (directory: string, name: () => string): Files => {
  const fresh = (): string => join(directory, name());
  return {
    fresh,
    script: (interpreter, text) => {
      const path = fresh();
      writeFileSync(path, `#!${program(interpreter)}\n${text}\n`, { mode: 0o755 });
      return path;
    },
    copy: (of) => {
      const path = fresh();
      copyFileSync(realpathSync(program(of)), path);
      return path;
    },
    compile: (source) => {
      const path = fresh();
      execFileSync(program('gcc'), ['-O0', '-w', '-o', path, join(import.meta.dirname, source)]);
      return path;
    },
  };
};
