import type { Cell } from '../cell.ts';
import type { Emoji } from '../emoji.ts';
import { type FontNeed, monospace } from '../fonts.ts';
import { linesSvg } from './lines.ts';
import type { Metrics } from './metrics.ts';
import { papersSvg } from './papers.ts';
import { drawingSvg, emptyBoxSvg, shapesSvg } from './shapes.ts';
import { fontNeeds, loneSvg, looksLike, wordsSvg } from './text.ts';

export interface RowSvg {
  /** Elements, the upper left corner of the row at 0 0. */
  svg: string;
  needs: FontNeed[];
}

/** What rows are drawn with. */
export interface Means {
  metrics: Metrics;
  /** What the regular font has. */
  covered: ReadonlySet<number>;
  emoji: Emoji;
  /** How much drawings may still add to the picture, bytes of SVG; counted down. */
  drawings: { left: number };
}

/** 4,000 emoji of the usual size: more than any real screen has. The rest become boxes, and time stays bounded. */
export const maxDrawings = 10_000_000;

/** The same for one row, which is drawn at once, and memory. */
const maxInRow = 500_000;

/** One glyph, whatever stands beside it: no marks, no script whose letters join. */
const isPlain = ({ text, width }: Cell, covered: ReadonlySet<number>): boolean =>
  width === 1 && /^[\x20-\u058f\u2000-\u2bff]$/.test(text) && covered.has(text.charCodeAt(0));

interface Words {
  first: Cell;
  text: string;
  /** The column after it. */
  end: number;
}

/** Neighbours that look alike are one element, which is drawn in half the time. */
const createWords = (metrics: Metrics, emit: (svg: string, needs: FontNeed[]) => void) => {
  let words: Words | null = null;
  const end = (): void => {
    if (words) emit(wordsSvg(words.first, words.text.trimEnd(), metrics), fontNeeds(words.first));
    words = null;
  };
  const add = (cell: Cell): void => {
    if (words && (words.end !== cell.column || !looksLike(words.first, cell))) end();
    words ??= { first: cell, text: '', end: cell.column };
    words.text += cell.text;
    words.end++;
  };
  const addBlank = ({ column, width }: Cell): void => {
    if (words?.end !== column) return;
    words.text += ' '.repeat(width);
    words.end += width;
  };
  return { add, addBlank, end };
};

/** One row of the screen as SVG. No character of it gets into it but escaped, as text. */
export const rowSvg = (cells: readonly Cell[], means: Means): RowSvg => {
  const { metrics, covered, emoji, drawings } = means;
  const parts = [papersSvg(cells, metrics)];
  const needs: FontNeed[] = [];
  const emit = (svg: string, more: FontNeed[] = []): void => {
    parts.push(svg);
    needs.push(...more);
  };
  const words = createWords(metrics, emit);
  let left = maxInRow;

  const drawn = (cell: Cell): string | null => {
    const shapes = shapesSvg(cell, metrics);
    if (shapes !== null || isPlain(cell, covered)) return shapes;
    const drawing = emoji(cell.text);
    if (!drawing) return null;
    left -= drawing.body.length;
    drawings.left -= drawing.body.length;
    return Math.min(left, drawings.left) < 0
      ? emptyBoxSvg(cell, metrics)
      : drawingSvg(cell, drawing, metrics);
  };

  for (const cell of cells) {
    emit(linesSvg(cell, metrics));
    const drawing = cell.text === '' ? null : drawn(cell);
    if (cell.text === '') words.addBlank(cell);
    else if (drawing !== null) emit(drawing);
    else if (isPlain(cell, covered)) words.add(cell);
    else {
      const { svg, needs: more } = loneSvg(cell, metrics);
      emit(svg, more);
    }
  }
  words.end();
  const font = `font-family="${monospace}" font-size="${metrics.fontSize}"`;
  return { svg: `<g ${font}>${parts.join('')}</g>`, needs };
};
