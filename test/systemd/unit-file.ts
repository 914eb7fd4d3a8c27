/** One line of a unit file that sets something. */
export interface Directive {
  section: string;
  name: string;
  value: string;
  /** Line number, from 1. */
  line: number;
  /** The comment lines right above it, without `#`. */
  comment: string;
}

/** Reads a unit file as systemd.syntax(7) has it. @throws Error for a line that is none */
export const readUnit = (text: string): Directive[] => {
  const directives: Directive[] = [];
  let section = '';
  let comment: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const [, title] = /^\[([A-Z][A-Za-z]+)\]$/.exec(line) ?? [];
    const [, name, value] = /^([A-Z][A-Za-z0-9]+)=(.*)$/.exec(line) ?? [];
    if (title !== undefined) section = title;
    else if (name !== undefined && value !== undefined) {
      const above = comment.join(' ').trim();
      directives.push({ section, name, value, line: index + 1, comment: above });
    } else if (line !== '' && !line.startsWith('#')) {
      throw new Error(`line ${index + 1} is no line of a unit file: ${line}`);
    }
    comment = line.startsWith('#') ? [...comment, line.slice(1).trim()] : [];
  }
  return directives;
};

/** All values of one directive, in order. */
export const valuesOf = (unit: readonly Directive[], wanted: string): string[] =>
  unit.filter(({ name }) => name === wanted).map(({ value }) => value);
