import type * as v from 'valibot';
import { formatPath, type Problem } from './problem.ts';
import { checkShape, type Finding, type Shape } from './shape.ts';
import { readYaml, type SourceFile, type YamlFile } from './yaml.ts';

/** A file of which the parts that are right are known. */
export interface CheckedFile<T> {
  readonly source: YamlFile;
  readonly shape: Shape<T>;
}

export const checkFile = <S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
  file: SourceFile,
): CheckedFile<v.InferOutput<S>> => {
  const source = readYaml(file);
  return { source, shape: checkShape(schema, source.value) };
};

/** Gives a finding its file and line. */
export const problemIn = (source: YamlFile, { path, ...finding }: Finding): Problem => {
  const line = source.lineOf(path);
  const place = { file: source.file, ...(line === undefined ? {} : { line }) };
  return { ...place, path: formatPath(path), ...finding };
};

/** What is wrong in a file by itself. */
export const problemsOf = ({ source, shape }: CheckedFile<unknown>): Problem[] => [
  ...source.problems,
  ...shape.findings.map((finding) => problemIn(source, finding)),
];
