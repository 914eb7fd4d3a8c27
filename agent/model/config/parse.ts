import { buildConfig } from './build.ts';
import type { Config } from './config.ts';
import type { Declarations } from './declarations.ts';
import { ConfigProblems, formatPath, type Problem } from './problem.ts';
import { mainSchema, type SessionEntry, sessionsSchema } from './schema.ts';
import { serverRules } from './server-rules.ts';
import { effectiveServers } from './servers.ts';
import { sessionRules } from './session-rules.ts';
import { checkShape, type Finding, type Shape } from './shape.ts';
import { warningsOf } from './warnings.ts';
import { readYaml, type SourceFile, type YamlFile } from './yaml.ts';

export interface ParseOptions {
  /** Absolute; stands for `~` in `~/`. */
  readonly home: string;
}

export interface ParsedConfig {
  readonly config: Config;
  readonly warnings: string[];
}

/** A file of which the parts that are right are known. */
interface CheckedFile<T> {
  readonly source: YamlFile;
  readonly shape: Shape<T>;
}

const noFile: SourceFile = { path: 'holdfast.yaml', text: '' };

const problemOf = (source: YamlFile, { path, ...finding }: Finding): Problem => {
  const line = source.lineOf(path);
  return {
    file: source.file,
    ...(line === undefined ? {} : { line }),
    path: formatPath(path),
    ...finding,
  };
};

const problemsOf = ({ source, shape }: CheckedFile<unknown>): Problem[] => [
  ...source.problems,
  ...shape.findings.map((finding) => problemOf(source, finding)),
];

type SessionsOf = { readonly sessions: Readonly<Record<string, SessionEntry>> };

/** Where each session is declared first, and what is declared again. */
const mergeSessions = (files: readonly CheckedFile<SessionsOf>[]) => {
  const sessions: Record<string, SessionEntry> = {};
  const sources = new Map<string, YamlFile>();
  const problems: Problem[] = [];
  for (const { source, shape } of files) {
    for (const [name, entry] of Object.entries(shape.value.sessions)) {
      const path = ['sessions', name];
      const first = sources.get(name);
      if (first === undefined) {
        sessions[name] = entry;
        sources.set(name, source);
      } else {
        const where = `${first.file}:${first.lineOf(path) ?? 1}`;
        const got = `a session declared in ${where} already`;
        problems.push(problemOf(source, { path, got, expected: 'each session once' }));
      }
    }
  }
  return { sessions, sources, problems };
};

const serversAreKnown = ({ source, shape }: CheckedFile<unknown>): boolean =>
  source.value !== undefined &&
  !shape.broken.some(([section]) => section === 'servers' || section === 'adopt');

/**
 * Parses holdfast.yaml (the first file; none at all means the defaults) and the files of sessions.d. Pure.
 * @throws ConfigProblems, a ConfigFailure, with everything that is wrong in any of the files.
 */
export const parseConfig = (
  [mainFile = noFile, ...sessionFiles]: readonly SourceFile[],
  { home }: ParseOptions,
): ParsedConfig => {
  const mainSource = readYaml(mainFile);
  const main = { source: mainSource, shape: checkShape(mainSchema, mainSource.value) };
  const others = sessionFiles.map(readYaml).map((source) => ({
    source,
    shape: checkShape(sessionsSchema, source.value),
  }));
  const merged = mergeSessions([main, ...others]);
  const declarations: Declarations = {
    main: main.shape.value,
    servers: effectiveServers(main.shape.value, home),
    sessions: merged.sessions,
    serversKnown: serversAreKnown(main),
  };
  const sourceOf = ({ path: [section, name] }: Finding) =>
    section === 'sessions' ? merged.sources.get(String(name)) : undefined;
  const broken = [...serverRules, ...sessionRules].flatMap((rule) => rule(declarations));
  const problems = [
    ...[main, ...others].flatMap(problemsOf),
    ...merged.problems,
    ...broken.map((finding) => problemOf(sourceOf(finding) ?? mainSource, finding)),
  ];
  if (problems.length > 0) throw new ConfigProblems(problems);
  const config = buildConfig(declarations, home);
  return { config, warnings: warningsOf(config) };
};
