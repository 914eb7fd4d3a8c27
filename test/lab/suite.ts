import type { Controller } from './controller.ts';
import type { Machine } from './machine.ts';

/** What a check works with. */
export interface Lab {
  machine: Machine;
  /** Debian with Ansible beside the machine; prepared when it is first asked for. */
  controller(): Promise<Controller>;
  /** Kept for the table at the end. The unit is written behind the value: `s`, `MB`, or nothing for a text. */
  measure(name: string, value: number | string, unit?: string): void;
  /** One line about what happens now; the next takes its place. */
  progress(text: string): void;
}

export interface Check {
  /** A sentence that is true when it passes. */
  name: string;
  /** Throws when it fails, or `Skip` when it cannot be tried. */
  run(lab: Lab): Promise<void>;
  /** When it fails, suites that build on this one are not tried. */
  essential?: boolean;
}

export interface Suite {
  name: string;
  /** Completes "tries …". */
  about: string;
  /** It begins on a clean disk of its own. Otherwise on the machine as the suite before has left it. */
  fresh?: boolean;
  /** It takes many minutes under emulation: `--usual` leaves it out, and counts it as skipped. */
  long?: boolean;
  /** The suite whose outcome it builds on, on the same machine; that one runs even when only this one is asked for. */
  after?: Suite;
  checks: readonly Check[];
}

/** Thrown by a check that cannot be tried here. The message is the reason. */
export class Skip extends Error {}

/**
 * The suites to run, in the order of `all`: those named, and those they build on; without a name, all.
 * @param usual without those that take long
 * @returns these, and those that are left out for being long
 */
export const choose = (
  all: readonly Suite[],
  names: readonly string[],
  usual = false,
): [chosen: Suite[], left: Suite[]] => {
  const wanted = new Set<Suite>();
  const want = (suite: Suite): void => {
    if (suite.after !== undefined) want(suite.after);
    wanted.add(suite);
  };
  const named = all.filter((suite) => names.length === 0 || names.includes(suite.name));
  const left = named.filter((suite) => usual && suite.long === true);
  for (const suite of named) if (!left.includes(suite)) want(suite);
  return [all.filter((suite) => wanted.has(suite)), left];
};
