import { redactCommand } from '../../model/redaction.ts';
import type { Ancestor, SeenBy } from '../../model/witnessed.ts';
import { firstArguments } from './first-arguments.ts';
import { type Lives, programAt } from './lives.ts';
import { otherFile } from './other-file.ts';
import { maxAncestors, type Sight } from './sight.ts';

/** Longest command line kept, characters. */
const maxCommand = 300;

/** A flood of signals has the same few processes in it. */
const redacted = new WeakMap<readonly string[], string>();

/** Well-formed, and a copy: a piece of a text keeps all of it. */
const shown = (argv: readonly string[]): string => {
  const known = redacted.get(argv);
  if (known !== undefined) return known;
  const { text } = redactCommand(firstArguments(argv));
  const command = Buffer.from(text.slice(0, maxCommand)).toString();
  redacted.set(argv, command);
  return command;
};

type Command = Pick<Ancestor, 'cmdline' | 'file' | 'seenBy'>;

const commandBy = (seenBy: SeenBy, argv: readonly string[], file: string | null): Command => {
  const other = otherFile(file, argv);
  return { cmdline: shown(argv), ...(other === null ? {} : { file: other }), seenBy };
};

/** The best there is: what the kernel copied, what /proc showed, the name of the file. */
export const commandOf = (
  pid: number,
  at: number,
  sight: Sight,
  lives: Lives,
  depth = 0,
): Command => {
  const life = lives.at(pid, at);
  const program = life && programAt(life, at);
  const file = program?.file ?? null;
  if (program?.argv) return commandBy('probe', program.argv, file);
  const argv = sight(pid, at)?.argv;
  if (argv) return commandBy('proc', argv, file);
  if (program?.file) return { cmdline: shown([program.file]), seenBy: 'file' };
  // Until it becomes another program, a child is what its parent was.
  const parent = life && !program ? life.parent : null;
  return parent !== null && depth < maxAncestors
    ? commandOf(parent, life?.beganAt ?? at, sight, lives, depth + 1)
    : { cmdline: null, seenBy: null };
};
