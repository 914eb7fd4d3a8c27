import { blocks } from './blocks.ts';
import { boxArms } from './box-arms.ts';
import { boxOthers } from './box-others.ts';
import { braille } from './braille.ts';
import { powerline } from './powerline.ts';
import type { Box, Layer } from './shape.ts';

/**
 * Characters that have to meet those beside them are drawn and not taken from a font, whose line is lower than
 * ours. Null for all others.
 */
export const shapeOf = (text: string, box: Box): Layer[] | null => {
  const codePoint = text.codePointAt(0) ?? 0;
  if (codePoint < 0x2500) return null;
  return (
    boxArms(codePoint, box) ??
    boxOthers(codePoint, box) ??
    blocks(codePoint, box) ??
    braille(codePoint, box) ??
    powerline(codePoint, box)
  );
};
