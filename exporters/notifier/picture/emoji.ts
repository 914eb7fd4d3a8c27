import { readFileSync } from 'node:fs';
import { assetPath } from './assets.ts';

/** Of @iconify/types, what is used here. */
interface Icons {
  width: number;
  icons: Record<string, { body: string } | undefined>;
  aliases?: Record<string, { parent: string } | undefined>;
}

export interface Drawing {
  /** Elements of SVG. */
  body: string;
  /** Of its own square. */
  size: number;
}

export type Emoji = (text: string) => Drawing | null;

const readJson = <T>(name: 'emoji' | 'emojiNames'): T =>
  JSON.parse(readFileSync(assetPath(name), 'utf8')) as T;

const keyOf = (codePoints: readonly number[]): string =>
  codePoints.map((codePoint) => codePoint.toString(16).padStart(4, '0')).join('-');

/** The last of a sequence says how it is to be shown (UTS 51, 1.4.3). */
const [textStyle, emojiStyle] = ['\ufe0e', 0xfe0f];

/** Several code points, or one that is shown as an emoji when nothing else is said. */
const mayBeEmoji = /^(?:\p{Emoji}.+|\p{Emoji_Presentation})$/su;

/** Takes much memory, and most screens have none: read with the first that is asked for. */
export const createEmoji = (): Emoji => {
  let loaded: { names: Record<string, string | undefined>; icons: Icons } | null = null;

  const load = () => {
    loaded ??= { names: readJson('emojiNames'), icons: readJson('emoji') };
    return loaded;
  };

  const drawing = (name: string): Drawing | null => {
    const { icons, aliases, width } = load().icons;
    const body = (icons[name] ?? icons[aliases?.[name]?.parent ?? ''])?.body;
    return body === undefined ? null : { body, size: width };
  };

  /** A sequence nobody has drawn is shown as what it begins with. */
  return (text) => {
    if (!mayBeEmoji.test(text) || text.includes(textStyle)) return null;
    const codePoints = [...text].map((c) => c.codePointAt(0) ?? 0).filter((c) => c !== emojiStyle);
    const { names } = load();
    const name = names[keyOf(codePoints)] ?? names[keyOf(codePoints.slice(0, 1))];
    return name === undefined ? null : drawing(name);
  };
};
