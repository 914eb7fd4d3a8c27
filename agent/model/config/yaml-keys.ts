import {
  isMap,
  isNode,
  isPair,
  isScalar,
  type Pair,
  type ParsedNode,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Path } from './problem.ts';
import { isReservedKey } from './shapes.ts';

const keyOf = (key: unknown): string => String(isScalar(key) ? key.value : key);

const startOf = (node: unknown): number | undefined =>
  isNode(node) ? (node.range?.[0] ?? undefined) : undefined;

type Pairs = ReadonlyMap<string, Pair>;

/** Where the keys of a document stand: the offset of the last key on a path that the document has. */
export const offsetsIn = (contents: unknown): ((path: Path) => number | undefined) => {
  // Going through a large map for each of many problems would take for ever.
  const known = new WeakMap<YAMLMap, Pairs>();
  const pairsOf = (map: YAMLMap): Pairs => {
    const pairs = known.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair.key), pair]));
    known.set(map, pairs);
    return pairs;
  };
  return (path) => {
    let node = contents;
    let offset = startOf(contents);
    for (const step of path) {
      const pair = isMap(node) ? pairsOf(node).get(String(step)) : undefined;
      offset = startOf(pair?.key) ?? offset;
      node = pair?.value;
    }
    return offset;
  };
};

interface KeyProblem {
  readonly offset: number;
  readonly path: Path;
  readonly expected: string;
}

const keyProblemsOf = (map: YAMLMap, above: Path): KeyProblem[] => {
  const seen = new Set<string>();
  const problems: KeyProblem[] = [];
  for (const { key: node } of map.items) {
    const key = keyOf(node);
    const at = { offset: startOf(node) ?? 0, path: [...above, key] };
    if (seen.has(key)) problems.push({ ...at, expected: 'each key once' });
    if (isReservedKey(key)) {
      problems.push({ ...at, expected: 'a name that JavaScript does not reserve' });
    }
    seen.add(key);
  }
  return problems;
};

/** Keys that are there twice or that no object may have. yaml's own check compares each with each. */
export const keyProblems = (contents: ParsedNode | null): KeyProblem[] => {
  const problems: KeyProblem[] = [];
  visit(contents, {
    Map: (_, map, ancestors) => {
      const above = ancestors.filter(isPair).map(({ key }) => keyOf(key));
      for (const problem of keyProblemsOf(map, above)) problems.push(problem);
    },
  });
  return problems;
};
