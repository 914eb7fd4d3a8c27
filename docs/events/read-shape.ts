import type { Cursor } from './cursor.ts';
import type { Choice, Field, Shape } from './shape.ts';

const readField = (cursor: Cursor): Field => {
  const { doc } = cursor.peek();
  cursor.take('readonly');
  const name = cursor.peek().kind === 'quoted' ? cursor.next() : cursor.word();
  const optional = cursor.take('?');
  cursor.expect(':');
  return { name: name.text, doc: doc || name.doc, optional, shape: readShape(cursor) };
};

/** From `{` to `}`. */
export const readObject = (cursor: Cursor): Shape => {
  cursor.expect('{');
  if (cursor.peek().text === '[') return skipMapped(cursor);
  const fields: Field[] = [];
  while (!cursor.take('}')) {
    fields.push(readField(cursor));
    if (!cursor.take(';')) cursor.take(',');
  }
  return { kind: 'object', fields };
};

const skipMapped = (cursor: Cursor): Shape => {
  cursor.skipGroup();
  cursor.expect(':');
  readShape(cursor);
  cursor.take(';');
  cursor.expect('}');
  return { kind: 'opaque' };
};

const readTuple = (cursor: Cursor): Shape => {
  cursor.expect('[');
  const of: Shape[] = [];
  while (!cursor.take(']')) {
    of.push(readShape(cursor));
    cursor.take(',');
  }
  return { kind: 'tuple', of };
};

const readGroup = (cursor: Cursor): Shape => {
  cursor.expect('(');
  const shape = readShape(cursor);
  cursor.expect(')');
  return shape;
};

const readName = (cursor: Cursor): Shape => {
  const { text: name } = cursor.word();
  if (name === 'keyof') {
    readShape(cursor);
    return { kind: 'opaque' };
  }
  // `typeof x` is described by what x is declared as.
  if (name === 'typeof') return readName(cursor);
  if (cursor.peek().text === '<') cursor.skipGroup();
  return { kind: 'name', name };
};

const readOne = (cursor: Cursor): Shape => {
  const { kind, text } = cursor.peek();
  if (kind === 'quoted' || kind === 'number') return { kind: 'literal', text: cursor.next().text };
  if (text === '{') return readObject(cursor);
  if (text === '[') return readTuple(cursor);
  return text === '(' ? readGroup(cursor) : readName(cursor);
};

/** `T[]` is a list; `T[number]` and `T[K]`, one of what T holds, is described by T. */
const readIndexed = (cursor: Cursor): Shape => {
  let shape = readOne(cursor);
  while (cursor.take('[')) {
    if (cursor.take(']')) shape = { kind: 'list', of: shape };
    else {
      readShape(cursor);
      cursor.expect(']');
    }
  }
  return shape;
};

const readAll = (cursor: Cursor): Shape => {
  const of = [readIndexed(cursor)];
  while (cursor.take('&')) of.push(readIndexed(cursor));
  const [only] = of;
  return of.length === 1 && only ? only : { kind: 'all', of };
};

/** Any type the model's declarations use. @throws Error with the place where it is another */
export const readShape = (cursor: Cursor): Shape => {
  const { doc } = cursor.peek();
  cursor.take('|');
  const first = { doc, shape: readAll(cursor) };
  const of: Choice[] = [first];
  while (cursor.peek().text === '|' && cursor.peek().kind === 'sign') {
    const { doc: own } = cursor.next();
    of.push({ doc: own, shape: readAll(cursor) });
  }
  return of.length === 1 ? first.shape : { kind: 'union', of };
};
