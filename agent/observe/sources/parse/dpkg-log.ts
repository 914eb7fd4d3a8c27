import type { PackageChange } from '../../../model/source-fact/package.ts';
import { type LocalTime, localTime, parseLocalTime } from './local-time.ts';
import { named, said } from './said.ts';

/** dpkg(1): `DATE TIME ACTION PACKAGE:ARCHITECTURE INSTALLED AVAILABLE`; `<none>` where there is no version. */
const change =
  /^\S+ \S+ (install|upgrade|remove) ([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)? (\S+) (\S+)$/;

const versionOf = (text: string): string | null => (text === '<none>' ? null : named(text));

const changeOf = (line: string, source: string, toTime: LocalTime): PackageChange | null => {
  const match = change.exec(line);
  const at = parseLocalTime(line, toTime);
  if (!match || at === null) return null;
  const [, action, name = '', from = '', to = ''] = match;
  return {
    ...{ kind: 'package-change', at, source, text: said(line.slice(20)), package: named(name) },
    ...{ action: action as PackageChange['action'], from: versionOf(from), to: versionOf(to) },
  };
};

/** What /var/log/dpkg.log says of the packages `watched`, oldest first. */
export const packageChanges = (
  text: string,
  watched: ReadonlySet<string>,
  source: string,
  toTime: LocalTime = localTime,
): PackageChange[] =>
  text
    .split('\n')
    .flatMap((line) => changeOf(line, source, toTime) ?? [])
    .filter((fact) => watched.has(fact.package));
