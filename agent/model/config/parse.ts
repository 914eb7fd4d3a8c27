import { alertRules } from './alert-rules.ts';
import { buildConfig } from './build.ts';
import { type CheckedFile, checkFile, problemIn, problemsOf } from './checked-file.ts';
import type { Config } from './config.ts';
import type { Declarations } from './declarations.ts';
import { healthRules } from './health-rules.ts';
import { type MergedSessions, mergeSessions } from './merge.ts';
import { ConfigProblems, type Problem } from './problem.ts';
import { recoveryRules } from './recovery-rules.ts';
import { refreshRules } from './refresh-rules.ts';
import { type MainFile, mainSchema, sessionsSchema } from './schema.ts';
import { serverRules } from './server-rules.ts';
import { effectiveServers } from './servers.ts';
import { sessionRules } from './session-rules.ts';
import { unitRules } from './unit-rules.ts';
import { warningsOf } from './warnings.ts';
import type { SourceFile } from './yaml.ts';

export interface ParseOptions {
  /** Stands for `~` in `~/`; `~` itself leaves it to whoever uses the path. */
  readonly home: string;
  /** Whether systemd runs the managed servers, one per owner. Default: no. */
  readonly perOwner?: boolean;
}

export interface ParsedConfig {
  readonly config: Config;
  readonly warnings: string[];
}

/** Whether a server is missing only because its declaration was set aside, or cannot be read. */
const isBrokenIn =
  ({ source, shape }: CheckedFile<MainFile>) =>
  (server: string): boolean =>
    source.value === undefined ||
    shape.broken.some(
      ([section, name]) =>
        section === undefined ||
        section === 'adopt' ||
        (section === 'servers' && (name === undefined || name === server)),
    );

const rules = [
  ...[...serverRules, ...sessionRules, ...unitRules, ...recoveryRules],
  ...[...healthRules, ...refreshRules, ...alertRules],
];

/** What breaks a rule between keys or files. */
const ruleProblems = (
  declarations: Declarations,
  main: CheckedFile<MainFile>,
  { sources }: MergedSessions,
): Problem[] =>
  rules
    .flatMap((rule) => rule(declarations))
    .map((finding) => {
      const [section, name] = finding.path;
      const source = section === 'sessions' ? sources.get(String(name)) : undefined;
      return problemIn(source ?? main.source, finding);
    });

/** In the order of the files, then of their lines. */
const sorted = (problems: readonly Problem[], files: readonly SourceFile[]): Problem[] => {
  const ranks = new Map(files.map(({ path }, index) => [path, index]));
  const rank = ({ file }: Problem): number => ranks.get(file) ?? 0;
  return problems.toSorted((a, b) => rank(a) - rank(b) || (a.line ?? 0) - (b.line ?? 0));
};

const noFile: SourceFile = { path: 'holdfast.yaml', text: '' };

/**
 * Parses holdfast.yaml (the first file; none at all means the defaults) and the files of sessions.d. Pure.
 * @throws ConfigProblems, a ConfigFailure, with everything that is wrong in any of the files.
 */
export const parseConfig = (files: readonly SourceFile[], options: ParseOptions): ParsedConfig => {
  const { home, perOwner = false } = options;
  const [mainFile = noFile, ...sessionFiles] = files;
  const main = checkFile(mainSchema, mainFile);
  const others = sessionFiles.map((file) => checkFile(sessionsSchema, file));
  const merged = mergeSessions([main, ...others]);
  const declarations: Declarations = {
    main: main.shape.value,
    servers: effectiveServers(main.shape.value, home),
    sessions: merged.sessions,
    perOwner,
    isBroken: isBrokenIn(main),
  };
  const ofFiles = [main, ...others].flatMap(problemsOf);
  const ofRules = ruleProblems(declarations, main, merged);
  const problems = [...ofFiles, ...merged.problems, ...ofRules];
  if (problems.length > 0) throw new ConfigProblems(sorted(problems, files));
  const config = buildConfig(declarations, home);
  return { config, warnings: warningsOf(config, perOwner) };
};
