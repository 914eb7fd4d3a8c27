import type { Catalogue } from './catalogue.ts';
import type { Choice, Declaration, Shape } from './shape.ts';
import { valueMeanings } from './value-meanings.ts';
import { fieldLines, innerFields, kindText, type Links, mentioned } from './wording.ts';

type Shapes = Catalogue['shapes'];

/** `Cause` is one of `causes`: what stands behind another name is described in its place. */
const resolved = (declaration: Declaration, shapes: Shapes): Declaration => {
  const { shape, doc } = declaration;
  const target = shape.kind === 'name' ? shapes.get(shape.name) : undefined;
  return target ? { ...declaration, doc: doc || target.doc, shape: target.shape } : declaration;
};

/** The named types that events mention, in the order they are met. */
export const shapesOf = ({ families, shapes }: Catalogue): Declaration[] => {
  const found = new Map<string, Declaration>();
  const follow = (shape: Shape): void => {
    for (const name of mentioned(shape)) {
      const declaration = shapes.get(name);
      if (!declaration || found.has(name)) continue;
      const known = resolved(declaration, shapes);
      found.set(name, known);
      follow(known.shape);
    }
  };
  for (const { declaration } of families) follow(declaration.shape);
  return [...found.values()];
};

/** @throws Error where nothing says what a value means */
const valueLine = (name: string, { shape, doc }: Choice, unused: ReadonlySet<string>): string => {
  const value = kindText(shape, new Map());
  const text = shape.kind === 'literal' ? shape.text : '';
  const meaning = doc || valueMeanings[name]?.[text];
  if (!meaning) throw new Error(`docs/events/value-meanings.ts: ${name} ${value} is missing`);
  return `- ${value}: ${meaning}${unused.has(text) ? ' No rule of this release concludes it.' : ''}`;
};

const bodyOf = (
  { name, shape }: Declaration,
  links: Links,
  unused: ReadonlySet<string>,
): string[] =>
  shape.kind === 'union'
    ? shape.of.map((choice) => valueLine(name, choice, name === 'Cause' ? unused : new Set()))
    : fieldLines(innerFields(shape), name, links);

/** @param unused causes that nothing gives yet */
export const shapeSection = (
  declaration: Declaration,
  links: Links,
  unused: ReadonlySet<string>,
): string[] => [
  `### ${declaration.name}`,
  '',
  ...(declaration.doc === '' ? [] : [declaration.doc, '']),
  ...bodyOf(declaration, links, unused),
  '',
];
