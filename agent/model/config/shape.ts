import * as v from 'valibot';
import { describeValue } from './describe-value.ts';
import { splitMessage } from './message.ts';
import type { Path } from './problem.ts';

/** A problem before it has a file and a line. */
export interface Finding {
  readonly path: Path;
  readonly got: string;
  readonly expected: string;
  readonly hint?: string;
}

/**
 * `value` holds what is right after what is wrong was set aside, so that the rules between keys are checked
 * all the same. `broken` are the entries set aside, as in `["sessions", "api"]`.
 */
export interface Shape<T> {
  readonly value: T;
  readonly findings: readonly Finding[];
  readonly broken: readonly Path[];
}

type Schema = v.GenericSchema<unknown, unknown>;
type Issue = v.BaseIssue<unknown>;

const pathOf = (issue: Issue): Path => (issue.path ?? []).map(({ key }) => key as string | number);

const isUnknownKey = (issue: Issue): boolean =>
  issue.type === 'strict_object' && issue.expected === 'never';

const isMissingKey = (issue: Issue): boolean =>
  issue.type === 'strict_object' && issue.expected !== 'never' && issue.path !== undefined;

const findingOf = (issue: Issue): Finding => {
  const path = pathOf(issue);
  if (isMissingKey(issue))
    return { path, got: 'nothing', expected: 'a value: there is no default' };
  const isKey = issue.path?.at(-1)?.origin === 'key';
  return {
    path,
    got: isKey ? 'this key' : describeValue(path, issue.input),
    ...splitMessage(issue.message),
  };
};

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** Takes `path` out of `value`, which is ours: a copy for each of many problems would take for ever. */
const remove = (value: unknown, path: Path): unknown => {
  const [last] = path.slice(-1);
  if (last === undefined) return {};
  const owner = path.slice(0, -1).reduce((at, key) => (isRecord(at) ? at[key] : at), value);
  if (isRecord(owner)) delete owner[last];
  return value;
};

/** An entry of a section (a session, a server, a whole list) is set aside as one: half of it would mislead. */
const entryOf = (path: Path): Path =>
  typeof path[1] === 'number' ? path.slice(0, 1) : path.slice(0, 2);

/** valibot names one unknown key per object and run; nobody has more than this many. */
const maxRounds = 50;

/** Checks `input` against `schema`, which must accept `{}`. Takes from `input` what is wrong in it. */
export const checkShape = <S extends Schema>(
  schema: S,
  input: unknown,
): Shape<v.InferOutput<S>> => {
  const findings: Finding[] = [];
  const broken: Path[] = [];
  let value: unknown = input ?? {};
  for (let round = 0; round < maxRounds; round += 1) {
    const result = v.safeParse(schema, value, { abortPipeEarly: true });
    if (result.success) return { value: result.output, findings, broken };
    const strays = result.issues.filter(isUnknownKey);
    const reported = strays.length > 0 ? strays : result.issues;
    for (const issue of reported) {
      const path = strays.length > 0 ? pathOf(issue) : entryOf(pathOf(issue));
      findings.push(findingOf(issue));
      broken.push(path);
      value = remove(value, path);
    }
  }
  return { value: v.parse(schema, {}), findings, broken };
};
