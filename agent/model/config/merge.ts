import { type CheckedFile, problemIn } from './checked-file.ts';
import type { Problem } from './problem.ts';
import type { SessionEntry } from './schema/session.ts';
import type { YamlFile } from './yaml.ts';

type SessionsFile = CheckedFile<{ readonly sessions: Readonly<Record<string, SessionEntry>> }>;

/** The sessions of all files. */
export interface MergedSessions {
  readonly sessions: Readonly<Record<string, SessionEntry>>;
  /** The file that declares each. */
  readonly sources: ReadonlyMap<string, YamlFile>;
  /** What more than one file declares. */
  readonly problems: readonly Problem[];
}

const declaredAgain = (name: string, first: YamlFile, source: YamlFile): Problem => {
  const path = ['sessions', name];
  const got = `a session that is declared in ${first.file}:${first.lineOf(path) ?? 1}`;
  return problemIn(source, { path, got, expected: 'each session once' });
};

/** The first declaration of a session counts. */
export const mergeSessions = (files: readonly SessionsFile[]): MergedSessions => {
  const sessions: Record<string, SessionEntry> = {};
  const sources = new Map<string, YamlFile>();
  const problems: Problem[] = [];
  for (const { source, shape } of files) {
    for (const [name, entry] of Object.entries(shape.value.sessions)) {
      const first = sources.get(name);
      if (first !== undefined) problems.push(declaredAgain(name, first, source));
      else {
        sessions[name] = entry;
        sources.set(name, source);
      }
    }
  }
  return { sessions, sources, problems };
};
