import type {
  Ancestor,
  SeenProcess,
  WitnessedOom,
  WitnessedSignal,
} from '../../model/witnessed.ts';
import type { Recalled } from './recollection.ts';

type Check = (value: unknown) => boolean;

/** A check for each key, so that none is forgotten. */
type Shape<T> = { readonly [Key in keyof T]-?: Check };

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isWhole: Check = (value) => Number.isSafeInteger(value);
const isCount: Check = (value) => isWhole(value) && Number(value) >= 0;
const isTime: Check = (value) => Number.isFinite(value);

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value as string);

const maybe =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const shaped =
  <T>(shape: Shape<T>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries<Check>(shape).every(([key, check]) =>
      check((value as Record<string, unknown>)[key]),
    );

const ancestor: Shape<Ancestor> = {
  pid: isCount,
  startTime: maybe(isCount),
  comm: isText,
  cmdline: maybe(isText),
  file: (value) => value === undefined || isText(value),
  seenBy: maybe(oneOf('probe', 'proc', 'file')),
};
const isAncestor = shaped(ancestor);

const isSeen = shaped<SeenProcess>({
  ...ancestor,
  uid: maybe(isCount),
  loginUid: maybe(isCount),
  auditSession: maybe(isCount),
  cgroup: maybe(isText),
  ancestry: (value) => Array.isArray(value) && value.every(isAncestor),
});

const isSignal = shaped<WitnessedSignal>({
  ...{ at: isTime, signal: isCount, code: isWhole, toGroup: isFlag },
  ...{ sender: isSeen, victim: isSeen, caught: maybe(isFlag) },
  result: oneOf('delivered', 'ignored', 'pending', 'lost'),
});

const isOom = shaped<WitnessedOom>({ at: isTime, victim: isSeen, anonBytes: maybe(isCount) });

const isLoss = shaped<{ at: number; count: number }>({ at: isTime, count: isCount });

const kept: ReadonlyMap<unknown, Check> = new Map([
  ['signal', isSignal],
  ['oom', isOom],
  ['lost', isLoss],
]);

/**
 * Whether it is what a witness of this release keeps on disk. Of another release it would make the whole answer one that
 * the agent cannot read.
 */
export const isRecalled = (value: unknown): value is Recalled => {
  const { kind, fact } = (value ?? {}) as { kind?: unknown; fact?: unknown };
  return kept.get(kind)?.(fact) === true;
};
