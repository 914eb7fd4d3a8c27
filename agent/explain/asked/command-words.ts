/** A command line as it was written down, taken apart at its spaces: quotes are gone by then. */
export interface CommandWords {
  /** Without its directory; empty: there is none. */
  program: string;
  words: string[];
}

export const wordsOf = (command: string): CommandWords => {
  const [first = '', ...words] = command.split(/\s+/).filter((word) => word !== '');
  return { program: first.slice(first.lastIndexOf('/') + 1), words };
};
