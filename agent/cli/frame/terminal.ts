import { styleText } from 'node:util';

/** The few styles the command line uses; node:util's names. */
export type Style =
  | 'bold'
  | 'dim'
  | 'red'
  | 'yellow'
  | 'green'
  | 'cyan'
  | 'black'
  | 'bgWhiteBright';

/** Where a command prints. Colours exist only on a terminal, and never with NO_COLOR (no-color.org). */
export interface Terminal {
  readonly isTerminal: boolean;
  /** Infinity where the output is no terminal: nothing is cut. */
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
  line(text?: string): void;
  paint(style: Style | null, text: string): string;
}

type Stream = Pick<NodeJS.WriteStream, 'write'> &
  Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows'>>;

const wantsColour = (stream: Stream, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';

export const terminalOf = (stream: Stream, env: NodeJS.ProcessEnv): Terminal => {
  const colour = wantsColour(stream, env);
  const isTerminal = stream.isTTY === true;
  const sizeOf = (side: 'columns' | 'rows', usual: number): number =>
    isTerminal ? stream[side] || usual : Number.POSITIVE_INFINITY;
  return {
    isTerminal,
    get columns() {
      return sizeOf('columns', 80);
    },
    get rows() {
      return sizeOf('rows', 24);
    },
    write: (text) => void stream.write(text),
    line: (text = '') => void stream.write(`${text}\n`),
    paint: (style, text) =>
      colour && style !== null && text !== ''
        ? styleText(style, text, { validateStream: false })
        : text,
  };
};
