import { looksRandom } from './looks-random.ts';
import type { Finder, Span } from './span.ts';

/** A secret that is known by what stands around it. */
interface Pattern {
  readonly kind: string;
  /** Global, with a group `before` that stays and a group `secret` right after it. */
  readonly pattern: RegExp;
  /** A second look where the form alone is not enough. */
  readonly isSecret?: (secret: string) => boolean;
}

/** Every repeat is bounded, or nothing that can fail follows it: the search stays linear. */
const patterns: readonly Pattern[] = [
  {
    kind: 'bearer and basic credentials',
    pattern:
      /(?<before>(?:[Bb]earer|BEARER|[Bb]asic|BASIC)[ \t]{1,4})(?<secret>[\w.~+/-]{8,}={0,2})/g,
    isSecret: looksRandom,
  },
  {
    // The second form is for a raw slash in the password; digits before it are a port.
    kind: 'password in a URL',
    pattern:
      /(?<before>:\/\/[^\s/?#:@"'<>]{0,256}:)(?<secret>[^\s/?#"'<>]{1,512}|(?!\d{1,5}[/?#])[^\s"'<>@]{1,512})@/g,
  },
  {
    kind: 'token in place of a user in a URL',
    pattern: /(?<before>:\/\/)(?<secret>[^\s/?#:@"'<>]{20,256})@/g,
    isSecret: looksRandom,
  },
  {
    kind: 'Slack and Discord webhooks',
    pattern:
      /(?<before>hooks\.slack\.com\/\w{1,32}\/|discord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/)(?<secret>[\w/-]{8,})/g,
  },
  {
    kind: 'password for sshpass',
    pattern: /(?<before>\bsshpass[ \t]{1,4}-p[ \t]{0,4})(?<secret>[^\s"']+)/g,
  },
  {
    kind: 'password for curl',
    pattern:
      /(?<before>\bcurl\b[^\n]{0,512}?[ \t](?:-u|--user)[ \t=]{0,4}["']?[^\s:"']{1,128}:)(?<secret>[^\s"']+)/g,
  },
  {
    // With a space after `-p` it is asked for, and the next word is the database.
    kind: 'password for clients of MySQL and MariaDB',
    pattern:
      /(?<before>\b(?:mysql|mariadb)(?:-?(?:admin|backup|binlog|check|dump|import|pump|sh|show|slap))?(?=[ \t])[^\n]{0,512}?[ \t]["']?-p)(?<secret>"[^"\n]{1,256}"|'[^'\n]{1,256}'|[^\s"']+)/g,
  },
  {
    kind: 'password given to chpasswd by echo',
    pattern:
      /(?<before>\becho[ \t]{1,4}(?:-[en]{1,2}[ \t]{1,4})?["']?[\w.-]{1,64}:)(?<secret>[^\s"'|]{1,256})(?=["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?[\w/]{0,32}\bchpasswd\b)/g,
  },
  {
    kind: 'password given to chpasswd by the shell',
    pattern: /(?<before>\bchpasswd[ \t]{0,4}<<<[ \t]{0,4}["']?[\w.-]{1,64}:)(?<secret>[^\s"']+)/g,
  },
];

const spanOf = (match: RegExpMatchArray, isSecret: (secret: string) => boolean): Span[] => {
  const { before = '', secret = '' } = match.groups ?? {};
  const start = (match.index ?? 0) + before.length;
  return isSecret(secret) ? [{ start, end: start + secret.length }] : [];
};

export const findByContext: Finder = (text) =>
  patterns.flatMap(({ pattern, isSecret = () => true }) =>
    Array.from(text.matchAll(pattern), (match) => spanOf(match, isSecret)).flat(),
  );
