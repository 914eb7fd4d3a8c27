import { judgeKey } from './secret-key.ts';
import { mark } from './span.ts';

const assignment = /^(-{0,2}[A-Za-z_][\w.-]{0,80}=)(?!$)/;
const flag = /^--?[A-Za-z][\w-]{0,80}$/;

const assigns = (argument: string): string | null => {
  const [prefix] = assignment.exec(argument) ?? [];
  return prefix !== undefined && judgeKey(prefix.slice(0, -1)) === 'secret' ? prefix : null;
};

const announces = (argument: string | undefined): boolean =>
  argument !== undefined && flag.test(argument) && judgeKey(argument) === 'secret';

/** Clients that take a password glued to `-p`. */
const gluing =
  /(?:^|\/)(?:mysql|mariadb)(?:-?(?:admin|backup|binlog|check|dump|import|pump|sh|show|slap))?$/;

/**
 * The arguments with those replaced that are secrets as a whole: here a value may hold spaces and quotes,
 * which a line of text no longer tells apart.
 */
export const hideArguments = (argv: readonly string[]): string[] => {
  const client = argv.findIndex((argument) => gluing.test(argument));
  return argv.map((argument, index) => {
    if (client !== -1 && index > client && /^-p./s.test(argument)) return `-p${mark}`;
    const prefix = assigns(argument);
    if (prefix !== null) return prefix + mark;
    const isValue = announces(argv[index - 1]) && !argument.startsWith('-') && argument !== '';
    return isValue ? mark : argument;
  });
};
