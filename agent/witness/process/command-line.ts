import { redactCommand } from '../../model/redaction.ts';
import { type Ancestor, maxAncestors, maxCmdline, type SeenBy } from '../../model/witnessed.ts';
import { firstArguments } from './first-arguments.ts';
import type { Lives } from './lives.ts';
import { otherFile } from './other-file.ts';
import { becameBetween, type ProcessLife, programAt } from './process-life.ts';
import type { Sight } from './sight.ts';

/** A flood of signals has the same few processes in it. */
const redacted = new WeakMap<readonly string[], string>();

/** Well-formed, and a copy: a piece of a text keeps all of it. */
const shown = (argv: readonly string[]): string => {
  const known = redacted.get(argv);
  if (known !== undefined) return known;
  const { text } = redactCommand(firstArguments(argv));
  const command = Buffer.from(text.slice(0, maxCmdline)).toString();
  redacted.set(argv, command);
  return command;
};

type CommandLine = Pick<Ancestor, 'cmdline' | 'file' | 'seenBy'>;

const lineBy = (seenBy: SeenBy, argv: readonly string[], file: string | null): CommandLine => {
  const other = otherFile(file, argv);
  return { cmdline: shown(argv), ...(other === null ? {} : { file: other }), seenBy };
};

/** What /proc showed of it, unless it had become another program by the time somebody looked. */
const argvSeen = (
  pid: number,
  at: number,
  sight: Sight,
  life: ProcessLife | null,
): string[] | null => {
  const seen = sight(pid, at);
  return seen && !(life && becameBetween(life, at, seen.seenAt)) ? seen.argv : null;
};

/** The best there is: what the kernel copied, what /proc showed, the name of the file. */
export const commandLineOf = (
  pid: number,
  at: number,
  sight: Sight,
  lives: Lives,
  depth = 0,
): CommandLine => {
  const life = lives.at(pid, at);
  const program = life && programAt(life, at);
  const file = program?.file ?? null;
  if (program?.argv) return lineBy('probe', program.argv, file);
  const argv = argvSeen(pid, at, sight, life);
  if (argv) return lineBy('proc', argv, file);
  if (program?.file) return { cmdline: shown([program.file]), seenBy: 'file' };
  // Until it becomes another program, a child is what its parent was.
  const parent = life && !program ? life.parent : null;
  return parent !== null && depth < maxAncestors
    ? commandLineOf(parent, life?.beganAt ?? at, sight, lives, depth + 1)
    : { cmdline: null, seenBy: null };
};
