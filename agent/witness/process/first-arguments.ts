/** Far more than is shown of them: a secret that is cut at its end has to be recognised as one. Characters. */
const most = 1200;

/**
 * The first arguments, the last of them maybe cut. Somebody may give thousands, and neither keeping nor redacting them may
 * cost the time and the memory that others need.
 */
export const firstArguments = (argv: readonly string[]): string[] => {
  const first: string[] = [];
  let room = most;
  for (const argument of argv) {
    if (room <= 0) break;
    first.push(argument.slice(0, room));
    // One with nothing in it takes room, too.
    room -= argument.length + 1;
  }
  return first;
};
