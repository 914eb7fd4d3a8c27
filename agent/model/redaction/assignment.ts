import { type Candidate, candidateOf, keyEnd } from './candidate.ts';
import { scan } from './scan.ts';
import { judgeKey, type KeyVerdict } from './secret-key.ts';
import type { Finder, Span } from './span.ts';
import { readValue, startsQuoted, type Value } from './value.ts';

/** `/etc/passwd: No such file`: a message about a path, not a field. */
const isPath = ({ before, operator }: Candidate): boolean => before === '/' && operator === ':';

/** `--token VALUE`; what is no value there is the next flag or shell syntax. */
const isFlag = ({ key, close }: Candidate, text: string, valueAt: number): boolean =>
  key.startsWith('-') && close === '' && !'-=|&;<>'.includes(text.charAt(valueAt));

/** A field of JSON, or what is set with `=` or by a flag; not code, and not a path. */
const isField = ({ operator, close, valueAt }: Candidate, text: string): boolean =>
  (operator !== ':' || close !== '') && !'{(./~'.includes(text.charAt(valueAt));

/** `KEY=` in quotes: the quote after it closes and opens nothing. */
const isBare = ({ before, close, valueAt }: Candidate, text: string): boolean =>
  close === '' &&
  startsQuoted(text, valueAt) &&
  before === text.charAt(valueAt) &&
  !/\w/.test(text.charAt(valueAt + 1));

/** Decides as far as that is possible without reading the value, so that no text is read many times. */
const verdictOn = (text: string, candidate: Candidate): KeyVerdict => {
  const { key, operator, valueAt } = candidate;
  if (operator === '' && !isFlag(candidate, text, valueAt)) return 'plain';
  // An arrow before anything but a quoted text makes a function.
  if (operator === '=>' && !startsQuoted(text, valueAt)) return 'plain';
  if (isPath(candidate) || isBare(candidate, text)) return 'plain';
  const verdict = judgeKey(key);
  return verdict === 'maybe' && !isField(candidate, text) ? 'plain' : verdict;
};

/** Values no secret has: switches, absences, names of types, and what this module writes. */
const harmless =
  /^(?:true|false|null|none|nil|undefined|yes|no|on|off|string|str|number|int|bool|boolean|any|unknown|bytes|object|await|new|include|omit|same-origin|\*+|\[redacted\][)\]},;.]*)$/i;

/** `password: try again` and `the token: see below` are prose: a small word, and another one after it. */
const isProse = (text: string, { operator }: Candidate, value: Value): boolean =>
  operator === ':' &&
  /^[a-z]{1,12}$/.test(value.text) &&
  /^ [a-z]{1,12}\b/.test(text.slice(value.end, value.end + 14));

/** What `key=` and `private=` need besides: to stand in an environment or a query, or a value like a secret. */
const isLikely = ({ key, before }: Candidate, value: Value): boolean =>
  /^[A-Z0-9_]+$/.test(key) ||
  isQuery(before) ||
  (value.text.length >= 8 && /\d/.test(value.text) && /[a-z]/i.test(value.text));

const isQuery = (before: string): boolean => before === '?' || before === '&';

/** Enough to judge a value by. Reading all of it for each key that may not be one would take for ever. */
const glance = 64;

const isSecret = (text: string, candidate: Candidate, verdict: KeyVerdict): boolean => {
  const value = readValue(text, candidate.valueAt, isQuery(candidate.before), glance);
  if (value.text === '' || harmless.test(value.text)) return false;
  if (isProse(text, candidate, value)) return false;
  return verdict === 'secret' || isLikely(candidate, value);
};

const secretAfter = (text: string, candidate: Candidate): Span | null => {
  const verdict = verdictOn(text, candidate);
  if (verdict === 'plain' || !isSecret(text, candidate, verdict)) return null;
  return readValue(text, candidate.valueAt, isQuery(candidate.before), text.length);
};

/** `KEY=value`, `"key": "value"`, `key: value`, `--key value` and the like, where the key says so. */
export const findAssignments: Finder = (text) =>
  scan(keyEnd, text, (match) => secretAfter(text, candidateOf(text, match)));
