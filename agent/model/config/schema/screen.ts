import * as v from 'valibot';
import { compilePattern, maxPatternLength } from '../../screen/screen-pattern.ts';
import { mapping, wholeNumber } from '../fields.ts';
import { expecting } from '../message.ts';

const why = (input: unknown): string | null =>
  typeof input === 'string' ? compilePattern(input).problem : null;

const expectedPattern = 'a pattern of RE2: no backreferences, no looking around, not too long';

const pattern = () =>
  v.pipe(
    v.string(expecting(expectedPattern)),
    v.check((text) => why(text) === null, expecting(expectedPattern, why)),
    v.title(`a pattern of RE2, at most ${maxPatternLength} characters`),
  );

const asList = (input: unknown) =>
  typeof input === 'string' ? `write it as a list: [${JSON.stringify(input).slice(0, 60)}]` : null;

/** A list of patterns; empty where none is given. */
export const patterns = () => {
  const expected = expecting('a list of at most 20 patterns', asList);
  return v.pipe(
    v.optional(v.pipe(v.array(pattern(), expected), v.maxLength(20, expected)), []),
    v.title('a list of patterns'),
  );
};

/** `screen` among the checks of a session. */
export const screen = v.pipe(
  mapping({
    lines: v.pipe(
      v.optional(wholeNumber(1, 200), 24),
      v.description(
        'So many of the last lines on the terminal are looked at; what has scrolled away is not.',
      ),
    ),
    mustMatch: v.pipe(
      v.optional(pattern()),
      v.description('Missing, it is a failure.'),
      v.examples(['^> ']),
    ),
    mustNotMatch: v.pipe(
      patterns(),
      v.description('Any of them is a failure.'),
      v.examples([['(?i)login expired', '(?i)session expired']]),
    ),
    degraded: v.pipe(
      patterns(),
      v.description('Any of them means that it works, and not well.'),
      v.examples([['(?i)rate limit']]),
    ),
    waiting: v.pipe(
      patterns(),
      v.description('Any of them means that it waits for a person, which is no failure.'),
      v.examples([['Do you want to proceed\\?']]),
    ),
  }),
  v.description('What the screen says.'),
);
