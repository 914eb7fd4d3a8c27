import { fieldMeanings } from './field-meanings.ts';
import type { Choice, Field, Shape } from './shape.ts';

/** Where a type has a section of its own. */
export type Links = ReadonlyMap<string, string>;

const words: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false' };

const listed = (parts: readonly string[], last: string): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')}${last} ${parts.at(-1)}`;

const plural: Readonly<Record<string, string>> = {
  text: 'texts',
  number: 'numbers',
  object: 'objects',
};

const manyOf = (one: string): string => plural[one] ?? one;

const choiceText = (choices: readonly Choice[], links: Links): string => {
  const parts = choices.map(({ shape }) => kindText(shape, links));
  return listed(parts, choices.some(({ shape }) => shape.kind === 'all') ? ', or' : ' or');
};

const namedText = (parts: readonly Shape[], links: Links): string =>
  parts
    .filter(({ kind }) => kind === 'name')
    .map((part) => kindText(part, links))
    .join(' and ');

/** The kind of a value in words: `text`, `number or null`, `list of Pane`. */
export const kindText = (shape: Shape, links: Links): string => {
  switch (shape.kind) {
    case 'name': {
      const link = links.get(shape.name);
      return link ? `[${shape.name}](#${link})` : (words[shape.name] ?? shape.name);
    }
    case 'literal':
      return `\`${shape.text}\``;
    case 'object':
      return 'object';
    case 'list':
      return `list of ${manyOf(kindText(shape.of, links))}`;
    case 'tuple': {
      const kinds = new Set(shape.of.map((part) => kindText(part, links)));
      const [only = ''] = kinds;
      return `list of ${shape.of.length} ${kinds.size === 1 ? manyOf(only) : [...kinds].join(', ')}`;
    }
    case 'union':
      return choiceText(shape.of, links);
    case 'all':
      return `${namedText(shape.of, links)} and the fields below`;
    case 'opaque':
      return 'as its type says';
    default:
      return shape satisfies never;
  }
};

/** Fields of the objects inside a shape that have no name and so no section of their own. */
export const innerFields = (shape: Shape): Field[] => {
  switch (shape.kind) {
    case 'object':
      return shape.fields;
    case 'list':
      return innerFields(shape.of);
    case 'tuple':
    case 'all':
      return shape.of.flatMap(innerFields);
    case 'union':
      return shape.of.flatMap(({ shape: choice }) => innerFields(choice));
    default:
      return [];
  }
};

/** Every name a shape mentions. */
export const mentioned = (shape: Shape): string[] => {
  switch (shape.kind) {
    case 'name':
      return [shape.name];
    case 'object':
      return shape.fields.flatMap((field) => mentioned(field.shape));
    case 'list':
      return mentioned(shape.of);
    case 'tuple':
    case 'all':
      return shape.of.flatMap(mentioned);
    case 'union':
      return shape.of.flatMap(({ shape: choice }) => mentioned(choice));
    default:
      return [];
  }
};

/** @throws Error where neither the model nor the table of this page says what a field means */
const meaningOf = ({ name, doc }: Field, owner: string): string => {
  const meaning = doc || fieldMeanings[`${owner}.${name}`] || fieldMeanings[name];
  if (meaning) return meaning;
  throw new Error(`${owner}.${name} has no comment: say in agent/model/events/ what it means`);
};

/** One line for each field, those of nested objects below it. `owner`: what the fields belong to. */
export const fieldLines = (
  fields: readonly Field[],
  owner: string,
  links: Links,
  indent = '',
): string[] =>
  fields.flatMap((field) => {
    const { name, shape, optional } = field;
    const kind = `${kindText(shape, links)}${optional ? ', may be absent' : ''}`;
    return [
      `${indent}- \`${name}\` (${kind}): ${meaningOf(field, owner)}`,
      ...fieldLines(innerFields(shape), `${owner}.${name}`, links, `${indent}  `),
    ];
  });
