import { type Cursor, cursorOf } from './cursor.ts';
import { readObject, readShape } from './read-shape.ts';
import type { Declaration, Shape } from './shape.ts';
import { tokensOf } from './tokens.ts';

const skipStatement = (cursor: Cursor): void => {
  while (!cursor.take(';')) {
    if (cursor.peek().kind === 'end') cursor.fail(';');
    cursor.next();
  }
};

/** `= ['a', 'b'] as const;` is a choice of its literals, anything else is not described. */
const readConstant = (cursor: Cursor): Shape => {
  cursor.expect('=');
  const value: Shape = cursor.peek().text === '[' ? readShape(cursor) : { kind: 'opaque' };
  skipStatement(cursor);
  if (value.kind !== 'tuple') return value;
  return { kind: 'union', of: value.of.map((shape) => ({ shape, doc: '' })) };
};

const readType = (cursor: Cursor): Shape => {
  cursor.expect('=');
  const shape = readShape(cursor);
  cursor.expect(';');
  return shape;
};

const bodies: Readonly<Record<string, (cursor: Cursor) => Shape>> = {
  interface: readObject,
  type: readType,
  const: readConstant,
};

const readDeclaration = (cursor: Cursor): Declaration => {
  const at = cursor.at();
  const { doc } = cursor.expect('export');
  const form = cursor.word().text;
  const body = bodies[form];
  if (!body) throw new Error(`${at}: cannot describe what is exported as ${form}`);
  const { text: name } = cursor.word();
  if (cursor.peek().text === '<') cursor.skipGroup();
  return { name, doc, shape: body(cursor), at };
};

/**
 * Every exported interface, type and constant of a source, in its order. Made for files of the model that hold
 * declarations and nothing else: TypeScript 7 has no API to ask.
 * @throws Error with file and line, where it meets anything it does not know
 */
export const readDeclarations = (source: string, file: string): Declaration[] => {
  const cursor = cursorOf(tokensOf(source), file);
  const declarations: Declaration[] = [];
  while (cursor.peek().kind !== 'end') {
    if (cursor.peek().text === 'import') skipStatement(cursor);
    else declarations.push(readDeclaration(cursor));
  }
  return declarations;
};
