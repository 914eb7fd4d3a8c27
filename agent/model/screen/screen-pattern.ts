import { RE2JS } from 're2js';

/**
 * Patterns are the operator's, screens are anybody's: RE2 takes time in proportion to the text and to the program, whatever
 * they are. A program this long holds up the loop for a moment, with the longest text and no compiler (V8's are off).
 */
const maxProgram = 200;
export const maxPatternLength = 200;

export interface ScreenPattern {
  /** Whether it is anywhere in the text; `^` and `$` are those of a line. */
  test(text: string): boolean;
}

export type CompiledPattern =
  | { readonly pattern: ScreenPattern; readonly problem: null }
  | { readonly pattern: null; readonly problem: string };

const no = (problem: string): CompiledPattern => ({ pattern: null, problem });

/** The syntax of RE2: no backreferences, no looking around. */
export const compilePattern = (text: string): CompiledPattern => {
  if (text === '') return no('nothing, which matches everything');
  if (text.length > maxPatternLength) return no(`more than ${maxPatternLength} characters`);
  try {
    const compiled = RE2JS.compile(text, RE2JS.MULTILINE);
    // A counted repetition is written out: `a{1000}` is a thousand steps.
    if (compiled.programSize() > maxProgram) return no('a pattern that takes too many steps');
    return { pattern: { test: (given) => compiled.test(given) }, problem: null };
  } catch (cause) {
    return no(cause instanceof Error ? cause.message.slice(0, 200) : 'no pattern of RE2');
  }
};
